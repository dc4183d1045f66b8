internal import JSON
internal import Posture

/// All rows of the table by column: each text once, each row a few numbers. Ten thousand rows take a few hundred kilobytes,
/// where ten thousand objects take megabytes.
struct ResultColumns {
  let value: JSONValue

  init(_ rows: [ResultRow], site: SiteContext) {
    var recommendations = Numbering()
    var instances = Numbering()
    var verdicts = Numbering()
    var texts = Numbering()
    var firstOfRecommendation: [ResultRow] = []
    var marks: [JSONValue] = []
    var columns = Array(repeating: [JSONValue](), count: 11)
    for row in rows {
      let recommendation = recommendations[row.recommendation]
      if recommendation == firstOfRecommendation.count { firstOfRecommendation.append(row) }
      let mark = verdicts["\(row.mark.word) \(row.compliance.rawValue)"]
      if mark == marks.count {
        marks.append([
          .string(row.mark.tone.rawValue), .string(row.mark.shape), .string(row.mark.word),
          .string(row.compliance.rawValue),
        ])
      }
      let values = [
        recommendation, instances[row.instance], mark, texts[row.status?.rawValue ?? ""],
        row.affected, row.counted ?? -1, texts[row.gain], texts[row.since],
        texts[row.exception ?? ""], texts[row.initiatives.joined(separator: " ")], texts[row.news],
      ]
      for (column, value) in values.enumerated() { columns[column].append(.int(Int64(value))) }
    }
    let (page, result) = Self.addresses(site)
    value = [
      "recommendations": .array(firstOfRecommendation.map(Self.facts)),
      "instances": .array(instances.texts.map { Self.facts(ofInstance: $0, in: site) }),
      "verdicts": .array(marks),
      "texts": .array(texts.texts.map(Self.shown)),
      "statuses": .object(Status.allCases.map { ($0.rawValue, .string(Words.of($0))) }),
      "rows": .array(columns.map(JSONValue.array)),
      "recommendationPage": page,
      "resultPlace": result,
    ]
  }

  /// Name, slug, title, impact, app, category, frameworks, source.
  private static func facts(_ row: ResultRow) -> JSONValue {
    [
      shown(row.recommendation), .string(Slug(row.recommendation).text), shown(row.title),
      .string(row.impact?.rawValue ?? ""), shown(row.app), shown(row.category ?? ""),
      .array(row.frameworks.map(shown)), .string(row.source), .int(row.hasPage ? 1 : 0),
    ]
  }

  /// Name, slug, display name, app, labels.
  private static func facts(ofInstance name: String, in site: SiteContext) -> JSONValue {
    let instance = site.instance(name)
    let labels = (instance?.labels ?? [:]).sorted { $0.key < $1.key }
    return [
      shown(name), .string(Slug(name).text), shown(instance?.displayName ?? name),
      shown(instance?.appTitle ?? ""), .array(labels.map { shown("\($0.key)=\($0.value)") }),
    ]
  }

  /// What stands before and behind a slug in the address of a page, or of a result.
  private static func addresses(_ site: SiteContext) -> (page: JSONValue, result: JSONValue) {
    site.layout == .site
      ? (["recommendations/", ".html"], ["instances/", ".html#"])
      : (["#recommendations/", ""], ["#instances/", "/"])
  }

  /// As a reader is to see it: the script shows texts as they are.
  private static func shown(_ text: String) -> JSONValue {
    .string(HiddenScalars.spelledOut(Escaping.clipped(text)))
  }

  /// Gives each text a number, from 0.
  private struct Numbering {
    private(set) var texts: [String] = []
    private var numbers: [String: Int] = [:]

    subscript(text: String) -> Int {
      mutating get {
        if let number = numbers[text] { return number }
        numbers[text] = texts.count
        texts.append(text)
        return texts.count - 1
      }
    }
  }
}
