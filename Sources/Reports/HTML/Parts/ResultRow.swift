internal import Posture
internal import Text

/// One row of the table of recommendations: a result, or a vendor's own recommendation.
struct ResultRow {
  let recommendation: String
  let title: String
  let instance: String
  /// What failing it may cost; nil where the vendor only counts points.
  let impact: Impact?
  let app: String
  let category: String?
  let frameworks: [String]
  let source: String
  /// The initiatives that count it.
  let initiatives: [String]
  let compliance: Compliance
  let mark: StateMark
  let status: Status?
  let exception: String?
  let affected: Int
  /// Nil where the instance is judged as a whole.
  let counted: Int?
  /// `+4.2`; empty where it adds nothing.
  let gain: String
  let since: String
  /// What is new about it, in a word; empty where nothing is.
  let news: String
  /// Whether it has a page of its own, and a place on the page of its instance.
  let hasPage: Bool

  init(_ result: RecommendationResult, urgency: Urgency, app: String) {
    let decision = result.decision
    recommendation = result.name
    title = result.title
    instance = result.instance
    impact = result.impact
    self.app = app
    category = result.recommendation?.category.rawValue
    frameworks = Array(Set(result.recommendation?.controls.map(\.framework) ?? [])).sorted()
    source = RecommendationSource.native.rawValue
    var seen: Set<String> = []
    initiatives = result.placements.map(\.initiative).filter { seen.insert($0).inserted }.sorted()
    compliance = decision.compliance
    mark = StateMark(decision.compliance, isStale: result.isStale)
    status = result.status
    exception = result.exception
    affected = decision.affectedCount
    counted = result.collection == nil ? nil : decision.counted
    gain = result.gain?.points ?? ""
    since = result.since?.day ?? ""
    news = urgency == .newFailure ? "new" : urgency == .worse ? "worse" : ""
    hasPage = true
  }

  init(_ imported: ImportedRecommendation) {
    recommendation = imported.name
    title = imported.control.title
    instance = imported.subject
    impact = nil
    app = imported.app ?? ""
    category = imported.control.category.isEmpty ? nil : imported.control.category
    frameworks = []
    source = imported.source.name
    initiatives = []
    compliance = imported.compliance
    mark = StateMark(imported.compliance)
    status = imported.status
    exception = imported.exception
    affected = 0
    counted = nil
    gain = imported.points ?? ""
    since = ""
    news = ""
    hasPage = false
  }

  /// `1 of 3`; empty where nothing is affected.
  var extent: String {
    if affected == 0 { return "" }
    return counted.map { "\(affected) of \($0)" } ?? "\(affected)"
  }

  var anchor: String { "\(Slug(recommendation).text)/\(Slug(instance).text)" }
}

extension SiteContext {
  /// Every row there is, danger first, vendors' own last.
  var rows: [ResultRow] {
    let apps = Dictionary(firstOf: instances.map { ($0.name, $0.appTitle) })
    return results.map {
      ResultRow($0.result, urgency: $0.urgency, app: apps[$0.result.instance] ?? "")
    }
      + comparison.imports.flatMap(\.recommendations).filter(\.isScored)
      .sorted(by: ImportedRecommendation.comesFirst).map(ResultRow.init)
  }
}
