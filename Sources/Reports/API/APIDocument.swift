package import JSON
package import Posture

/// A document that the server's interface answers with: how it is written, and the schema of that.
///
/// Where a command writes the same, it is the same shape: `plumb explain -o json` and the interface cannot differ.
package struct APIDocument<Value> {
  /// What `kind` says, and the name of the schema.
  package let kind: String
  let shape: JSONShape<Value>

  init(_ kind: String, _ shape: JSONShape<Value>) {
    self.kind = kind
    self.shape = shape
  }

  /// The JSON Schema (draft 2020-12) of the document.
  package var schema: JSONValue { shape.schema }

  /// The document, indented, with a line feed at its end.
  package func bytes(of value: Value) -> [UInt8] { JSONReport.bytes(shape, of: value) }
}

/// A part of something long, and where the rest is.
package struct APIPage<Value> {
  package let value: Value
  /// How many there are of all parts.
  package let total: Int
  /// What asks for the next part; nil for the last.
  package let next: String?

  package init(_ value: Value, total: Int, next: String?) {
    self.value = value
    self.total = total
    self.next = next
  }
}

extension APIDocument {
  /// A document of which a part is told: it says how many there are, and where the next part is.
  fileprivate init<Whole>(page kind: String, _ members: [JSONShape<Whole>.Member])
  where Value == APIPage<Whole> {
    self.init(
      kind,
      JSONShape<APIPage<Whole>>(
        JSONShape<Whole>(members).of(\.value) + [.value("total", \.total), .value("next", \.next)]))
  }

  /// A list of which a part is told.
  fileprivate init<Item>(list kind: String, of item: JSONShape<Item>)
  where Value == APIPage<[Item]> {
    self.init(
      page: kind, JSONShape<[Item]>(document: kind, [.list("items", of: item) { $0 }]).members)
  }
}

// MARK: The documents

/// The report that is served, and whether it is the newest.
package struct ServedReport: Sendable {
  package let report: ReportReference
  package let previous: ReportReference?
  package let source: HistorySource
  package let version: String
  /// Why the tip of the branch is not what is served; nil where it is.
  package let problem: String?

  package init(
    report: ReportReference, previous: ReportReference?, source: HistorySource, version: String,
    problem: String?
  ) {
    self.report = report
    self.previous = previous
    self.source = source
    self.version = version
    self.problem = problem
  }
}

extension APIDocument<ServedReport> {
  /// Which report is served.
  package static var report: Self {
    Self(
      "Report",
      JSONShape(
        document: "Report",
        [
          .object("report", .report, \.report), .optional("previous", .report, \.previous),
          .value("branch", \.source.branch), .value("reports", \.source.reports),
          .value("version", \.version), .value("problem", \.problem),
        ]))
  }
}

extension APIDocument<APIPage<[ReportReference]>> {
  /// The reports of the branch.
  package static var reports: Self { Self(list: "Reports", of: .report) }
}

extension APIDocument<APIPage<[InstancePlan]>> {
  /// Instances as in a plan, without their results.
  package static var instances: Self {
    let whole = JSONShape<InstancePlan>.instance(maxAffected: 0)
    return Self(list: "Instances", of: JSONShape(whole.members.filter { $0.name != "results" }))
  }
}

extension APIDocument<InstancePlan> {
  /// An instance as in a plan, with its results.
  package static func instance(maxAffected: Int) -> Self {
    Self(
      "Instance",
      JSONShape(
        document: "Instance", JSONShape<InstancePlan>.instance(maxAffected: maxAffected).members))
  }
}

extension APIDocument<[InitiativePlan]> {
  /// Initiatives as in a plan.
  package static var initiatives: Self {
    Self(
      "Initiatives", JSONShape(document: "Initiatives", [.list("items", of: .initiative) { $0 }]))
  }
}

extension APIDocument<APIPage<[RecommendationResult]>> {
  /// Results as in a plan, each with its instance.
  package static func recommendations(maxAffected: Int) -> Self {
    Self(
      list: "Recommendations",
      of: JSONShape(
        [.value("instance", \.instance)]
          + JSONShape<RecommendationResult>.result(maxAffected: maxAffected).members))
  }
}

extension APIDocument<Explanation> {
  /// One recommendation: `plumb explain -o json`.
  package static func recommendation(maxAffected: Int) -> Self {
    Self("Explanation", .explanation(maxAffected: maxAffected))
  }
}

extension APIDocument<APIPage<Comparison>> {
  /// Exceptions: `plumb show exceptions -o json`.
  package static var exceptions: Self {
    Self(page: "Exceptions", JSONShape<Comparison>.exceptions.members)
  }

  /// What two reports differ in: `plumb diff -o json`.
  package static func changes(from: ReportReference, to: ReportReference) -> Self {
    Self(
      page: "ReportDifference",
      JSONShape<Comparison>.difference(from: from, to: to).members)
  }
}

extension APIDocument<HistoryReport> {
  /// Scores over time: `plumb history -o json`.
  package static var history: Self { Self("History", .history) }
}

extension APIDocument<RecordedEvents> {
  /// Falls of scores: `plumb history --events -o json`.
  package static var events: Self { Self("Events", .events) }
}

extension APIDocument<RecordedCourse> {
  /// What became of a recommendation: `plumb history NAME -o json`.
  package static var course: Self { Self("RecommendationHistory", .course) }
}

extension APIDocument<[FrameworkStanding]> {
  /// Frameworks: `plumb catalog framework -o json`, with what instances show.
  package static var frameworks: Self { Self("Frameworks", .frameworks) }
}

extension APIDocument<FrameworkStanding> {
  /// A framework control by control: `plumb show --framework NAME -o json`.
  package static var framework: Self { Self("Framework", .framework) }
}
