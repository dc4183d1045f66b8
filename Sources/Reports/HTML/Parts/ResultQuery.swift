internal import Posture

/// What the form of the table asks for: the query of the page's address, as the script reads it.
///
/// Of several values of one name the first counts; a name that is no filter asks for nothing.
struct ResultQuery {
  /// The filters that compare with one value, in the order of the form.
  static let names = [
    "app", "instance", "initiative", "status", "compliance", "impact", "category", "framework",
    "label", "source",
  ]

  /// What is searched for.
  private(set) var words = ""
  /// A column, with `-` before it for the other way round; empty for the order of urgency.
  private(set) var sort = ""
  /// From 0: which rows of what was found are shown.
  private(set) var page = 0
  private var values: [String: String] = [:]

  init() {}

  init(_ pairs: [(name: String, value: String)]) {
    var seen: Set<String> = []
    for (name, value) in pairs where seen.insert(name).inserted {
      switch name {
      case "q": words = value
      case "sort": sort = value
      case "page": page = max(0, min(Int(value) ?? 1, 1_000_000) - 1)
      default: if Self.names.contains(name) { values[name] = value }
      }
    }
  }

  /// The value of a filter; empty where it lets everything through.
  subscript(name: String) -> String { values[name] ?? "" }

  /// Whether all rows are shown, in their own order.
  var isEmpty: Bool {
    words.isEmpty && sort.isEmpty && page == 0 && values.values.allSatisfy(\.isEmpty)
  }

  /// As a reader sees a text, and as the script compares it.
  static func shown(_ text: String) -> String { HiddenScalars.spelledOut(Escaping.clipped(text)) }

  // MARK: Addresses

  /// The same query as pairs, about another page or in another order.
  private func pairs(sort: String, page: Int) -> [(name: String, value: String)] {
    var pairs = [(name: "q", value: words)]
    pairs += Self.names.map { ($0, self[$0]) }
    pairs += [("sort", sort), ("page", page > 0 ? "\(page + 1)" : "")]
    return pairs.filter { !$0.value.isEmpty }
  }

  /// By a column; the other way round where it is by that already, and then as it was.
  func sorted(by key: String) -> [(name: String, value: String)] {
    pairs(sort: sort == key ? "-\(key)" : sort == "-\(key)" ? "" : key, page: 0)
  }

  func turned(to page: Int) -> [(name: String, value: String)] { pairs(sort: sort, page: page) }

  // MARK: Rows

  /// The rows that are asked for, in the order that is asked for.
  func found(in rows: [ResultRow], site: SiteContext) -> [ResultRow] {
    let tests = tests(site: site)
    var found = rows.filter { row in tests.allSatisfy { $0(row) } }
    let key = String(sort.drop { $0 == "-" })
    guard let isBefore = Self.orders[key] else { return found }
    found = found.enumerated().sorted { left, right in
      if isBefore(left.element, right.element) { return true }
      return !isBefore(right.element, left.element) && left.offset < right.offset
    }.map(\.element)
    return sort.hasPrefix("-") ? found.reversed() : found
  }

  private func tests(site: SiteContext) -> [(ResultRow) -> Bool] {
    func labels(_ row: ResultRow) -> [String] {
      (site.instance(row.instance)?.labels ?? [:]).map { "\($0.key)=\($0.value)" }
    }
    var tests: [(ResultRow) -> Bool] = []
    for name in Self.names where !self[name].isEmpty {
      let wanted = self[name]
      switch name {
      case "app": tests.append { Self.shown($0.app) == wanted }
      case "instance": tests.append { Self.shown($0.instance) == wanted }
      case "initiative": tests.append { $0.initiatives.contains(wanted) }
      case "status": tests.append { ($0.status?.rawValue ?? "") == wanted }
      case "compliance": tests.append { $0.compliance.rawValue == wanted }
      case "impact": tests.append { ($0.impact?.rawValue ?? "") == wanted }
      case "category": tests.append { Self.shown($0.category ?? "") == wanted }
      case "framework": tests.append { $0.frameworks.map(Self.shown).contains(wanted) }
      case "label": tests.append { labels($0).map(Self.shown).contains(wanted) }
      default: tests.append { $0.source == wanted }
      }
    }
    for word in words.lowercased().split(whereSeparator: \.isWhitespace) {
      tests.append { row in
        let instance = site.instance(row.instance)
        let texts =
          [
            row.recommendation, Slug(row.recommendation).text, row.title,
            row.impact?.rawValue ?? "", row.app, row.category ?? "", row.source, row.instance,
            instance?.displayName ?? "", instance?.appTitle ?? "", row.exception ?? "",
          ] + row.frameworks + labels(row)
        return texts.contains { $0.lowercased().contains(word) }
      }
    }
    return tests
  }

  /// How rows are ordered by a column, as the script orders them first.
  private static let orders: [String: @Sendable (ResultRow, ResultRow) -> Bool] = [
    "impact": { rank($0.impact) > rank($1.impact) },
    "title": { $0.title.lowercased() < $1.title.lowercased() },
    "instance": { $0.instance < $1.instance },
    "verdict": { order($0.compliance) < order($1.compliance) },
    "status": { ($0.status?.rawValue ?? "") < ($1.status?.rawValue ?? "") },
    "affected": { $0.affected > $1.affected },
    "gain": { points($0.gain) > points($1.gain) },
    "since": { $0.since < $1.since },
  ]

  private static func rank(_ impact: Impact?) -> Int {
    impact.flatMap { Impact.allCases.firstIndex(of: $0) }.map { -$0 } ?? -Impact.allCases.count
  }

  private static func order(_ compliance: Compliance) -> Int {
    Compliance.allCases.firstIndex(of: compliance) ?? 0
  }

  private static func points(_ gain: String) -> Double {
    gain == "+<0.1" ? 0.05 : Double(gain.drop { $0 == "+" }) ?? 0
  }
}
