internal import JSON
internal import Posture

/// Everything that changed about one recommendation on one instance, told as one thing.
struct ResultEntry {
  let instance: String
  let recommendation: String
  /// Nil when the recommendation is no longer in force.
  let result: RecommendationResult?
  /// What changed first and foremost.
  let change: Change
  /// The other changes, resources apart.
  let others: [Change]
  /// Resources that joined or left the affected ones.
  let resources: [Change]

  /// What a reader is to make of it.
  enum Meaning {
    case regressed, appeared, worse, lostSight, resolved, changed, removed
  }

  let meaning: Meaning
  /// The order of listing; what is no longer in force comes last.
  let urgency: Urgency
  /// The order among those that are as urgent; nil when the recommendation is no longer in force.
  private let precedence: RecommendationResult.Precedence?

  private init(changes: [Change], result: RecommendationResult?) {
    let main = changes.filter { $0.type != .affectedAdded && $0.type != .affectedRemoved }
    change = main.first ?? changes[0]
    others = Array(main.dropFirst())
    resources = changes.filter { $0.type == .affectedAdded || $0.type == .affectedRemoved }
    instance = change.instance ?? ""
    recommendation = change.recommendation ?? ""
    self.result = result
    precedence = result.map { RecommendationResult.Precedence($0) }
    let urgency = result.map { Urgency($0, changes: changes) } ?? .notApplicable
    self.urgency = urgency
    meaning =
      switch change.type {
      case .regressed: .regressed
      case .new: change.verdict == .notCompliant ? .appeared : .changed
      case .complianceChanged:
        change.verdict == .unknown ? .lostSight : .changed
      case .resolved: .resolved
      case .removed: .removed
      default: urgency == .worse ? .worse : .changed
      }
  }

  /// Whether it is only seen for the first time because its instance is.
  var isDeclaredNew: Bool { meaning == .appeared && change.cause == .desiredState }

  /// The values that decide about a resource that is newly affected, beside what is expected.
  func facts(of change: Change) -> String? {
    guard change.type == .affectedAdded, let verdict = result?.verdict else { return nil }
    let facts = verdict.facts(of: change.to).filter { $0.expected != nil }
    return facts.text(most: 3)
  }

  var title: String { result?.title ?? recommendation }

  /// The entries of one instance, in the order of views.
  ///
  /// Recommendations that are new and not amiss are only counted, see ``FirstAssessment``.
  static func of(_ changes: [Change], index: PlanIndex) -> [ResultEntry] {
    var order: [String] = []
    var groups: [String: [Change]] = [:]
    for change in changes {
      if change.type == .new, change.verdict != .notCompliant { continue }
      let key = change.recommendation ?? ""
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(change)
    }
    return order.compactMap { name in
      groups[name].map { ResultEntry(changes: $0, result: index.result(of: $0[0])) }
    }.sorted(by: comesFirst)
  }

  /// The entries of all instances, in the order of views: whatever the instance, danger comes first.
  static func ofAll(_ changes: [Change], index: PlanIndex) -> [ResultEntry] {
    changes.byInstance().flatMap { of($0.changes, index: index) }.sorted(by: comesFirst)
  }

  /// New failures, then what got worse, then the rest; each in the order of work.
  static func comesFirst(_ left: ResultEntry, _ right: ResultEntry) -> Bool {
    if left.urgency != right.urgency { return left.urgency < right.urgency }
    guard let first = left.precedence, let second = right.precedence else {
      return (left.result == nil ? 1 : 0, left.recommendation, left.instance)
        < (right.result == nil ? 1 : 0, right.recommendation, right.instance)
    }
    return first < second
  }
}

/// How the recommendations that are new on an instance stand, counted.
struct FirstAssessment {
  private(set) var counts: [Compliance: Int] = [:]

  /// Nil when nothing is new.
  init?(_ changes: [Change]) {
    for change in changes where change.type == .new {
      guard let compliance = change.verdict else { continue }
      counts[compliance, default: 0] += 1
    }
    if counts.isEmpty { return nil }
  }

  var total: Int { counts.values.reduce(0, +) }

  /// `85 of 293 not compliant, 78 unknown`.
  var failures: String {
    let unknown = counts[.unknown].map { ", \($0) unknown" } ?? ""
    return "\(counts[.notCompliant] ?? 0) of \(total) not compliant\(unknown)"
  }

  /// `12 new recommendations: 8 compliant, 3 not compliant, 1 unknown`.
  var text: String {
    let parts = [Compliance.compliant, .notCompliant, .unknown].compactMap { compliance in
      counts[compliance].map { "\($0) \(Words.of(compliance))" }
    }
    return "\(Words.count(total, "new recommendation")): \(parts.joined(separator: ", "))"
  }
}
