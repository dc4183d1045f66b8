internal import JSON
internal import Posture

/// The affected resources of a result as a table: which values are shown of each, and what they should be.
struct AffectedListing {
  /// A value that is shown of each resource.
  struct Column {
    let name: String
    /// What it should be, in words; nil where nothing is expected of it.
    let expected: String?
  }

  let columns: [Column]
  let resources: [AffectedResource]
  /// How many there are beyond those that are listed.
  let rest: Int

  private static let mostColumns = 6

  init(_ result: RecommendationResult, most: Int) {
    resources = Array(result.decision.affected.prefix(most))
    rest = max(0, result.decision.affectedCount - resources.count)
    var names: [String] = []
    var seen: Set<String> = []
    for resource in resources where names.count < Self.mostColumns {
      for (name, _) in resource.settings.object ?? [] where seen.insert(name).inserted {
        if names.count < Self.mostColumns { names.append(name) }
      }
    }
    columns = names.map { name in
      Column(
        name: name,
        expected: result.verdict.expectation(of: name).map { Fact.words($0, longest: 120) })
    }
  }

  /// The values of one resource, by column; empty where it has none.
  func values(of resource: AffectedResource) -> [String] {
    columns.map { column in
      resource.settings[column.name].map { Escaping.clipped($0.compactText, to: 120) } ?? ""
    }
  }
}
