internal import YAML

extension Recommendation {
  /// A recommendation as a report recorded it.
  ///
  /// Reports do not record prose and conditions: they are the catalog's of now, as far as it still
  /// knows the name. What verdicts and points depended on is the report's.
  package init(recorded result: Snapshot.Result, app: String, known: Recommendation?) {
    if let known {
      self = known
      points = result.points
      digest = result.digest
      declaration = result.declaration
      return
    }
    let nowhere = Mark(file: "")
    self.init(
      name: result.name, app: Located(text: app, at: nowhere), title: result.title,
      impact: result.points >= 10 ? .high : result.points >= 5 ? .medium : .low,
      points: result.points, category: .identity, userImpact: .low, implementationCost: .low,
      threats: [], parameters: [], variables: [], collection: nil, filter: nil,
      compliant: Located(text: "", at: nowhere), label: nil, settings: [], evidence: [],
      affected: nil, expected: [], rationale: "",
      remediation: "", manage: nil, controls: [], differs: [], references: [], tests: [],
      isEnabled: true,
      origin: result.declaration == nil ? .catalog : .desiredState, isOverridden: false,
      mark: nowhere, digest: result.digest, declaration: result.declaration)
  }
}
