internal import JSON
package import Posture

extension JSONReport {
  /// A framework control by control: an object of kind `Framework`.
  package static func framework(_ standing: FrameworkStanding) -> [UInt8] {
    bytes(.framework, of: standing)
  }

  /// How much of each framework the catalog decides: an object of kind `Frameworks`.
  package static func frameworks(_ standings: [FrameworkStanding]) -> [UInt8] {
    bytes(.frameworks, of: standings)
  }
}

extension JSONShape<FrameworkStanding> {
  /// A framework control by control.
  static var framework: Self {
    Self(
      document: "Framework", summary.members + [.list("controls", of: .control, \.controls)])
  }

  fileprivate static var summary: Self {
    Self([
      .value("name", \.framework.name), .value("title", \.framework.title),
      .value("version", \.framework.version), .value("url", \.framework.url),
      .value("complete") { $0.framework.gap == nil }, .optional("gap", \.framework.gap),
      .values("counts") { standing in
        standing.counts.map { ($0.fulfilment.rawValue, .int(Int64($0.count))) }
      },
    ])
  }
}

extension JSONShape<[FrameworkStanding]> {
  /// How much of each framework is decided.
  static var frameworks: Self {
    Self(document: "Frameworks", [.list("frameworks", of: .summary) { $0 }])
  }
}

extension JSONShape<ControlStanding> {
  fileprivate static var control: Self {
    let result = JSONShape<RecommendationResult>([
      .value("instance", \.instance), .value("compliance", \.decision.compliance),
      .nullable("status", \.status), .value("reason", \.decision.reasonText),
    ])
    let mapping = JSONShape<MappedResults>([
      .value("name", \.mapping.recommendation), .value("title", \.mapping.title),
      .optional("part", \.mapping.part), .list("results", of: result, \.results),
    ])
    return Self([
      .value("id", \.control.id), .value("title", \.control.title),
      .value("verdict", \.fulfilment), .value("parts", \.control.parts),
      .value("uncoveredParts", \.uncoveredParts), .optional("manual", \.control.manual),
      .list("recommendations", of: mapping) { standing in
        standing.recommendations.map {
          MappedResults(mapping: $0, results: standing.results(of: $0))
        }
      },
    ])
  }
}

/// A recommendation that stands for a control, and how the instances stand to it.
private struct MappedResults {
  let mapping: ControlStanding.Mapping
  let results: [RecommendationResult]
}
