internal import Connectors
internal import JSON
internal import Posture
internal import YAML

/// `settings.yaml`: the recorded settings of one instance, one value a line, so that the git diff of
/// this file is the drift.
///
/// Recommendation → resource → setting → value. Resources are named by label, and by identity where
/// that says more; they stand in the order of their identities, so that renaming one moves nothing.
enum SettingsFile {
  static func render(_ instance: InstancePlan) -> [UInt8] {
    let entries = instance.results.compactMap { result -> (String, YAMLValue)? in
      let settings = result.verdict.settings
      if settings.isEmpty { return nil }
      return (result.name, value(of: settings))
    }
    let bound = instance.results.contains(where: \.verdict.settingsAreCut)
    var comment = "Settings of \(instance.name) as they were observed. Written by plumb apply."
    if bound {
      comment +=
        "\nOf each recommendation, the first \(Evaluator.Bounds.recorded) resources by identity, and no more than fit into \(Evaluator.Bounds.listed) bytes."
    }
    return Array(YAMLWriter().write(.map(entries), comment: comment).utf8)
  }

  private static func value(of settings: [ResourceSettings]) -> YAMLValue {
    // One condition over the instance: there is no resource to name.
    if settings.count == 1, settings[0].id.isEmpty, settings[0].label.isEmpty {
      return .map(distinct(settings[0].values.map { ($0.name, plain($0.value)) }))
    }
    return .map(
      distinct(
        settings.map { resource in
          (
            Words.resource(label: resource.label, id: resource.id),
            .map(distinct(resource.values.map { ($0.name, plain($0.value)) }))
          )
        }))
  }

  /// Tenants may send objects with a name twice, and labels may be made to look like another's.
  private static func distinct(_ entries: [(String, YAMLValue)]) -> [(String, YAMLValue)] {
    var taken: Set<String> = []
    return entries.map { name, value in
      var unique = name
      var number = 2
      while !taken.insert(unique).inserted {
        unique = "\(name) (\(number))"
        number += 1
      }
      return (unique, value)
    }
  }

  private static func plain(_ value: JSONValue) -> YAMLValue {
    switch value {
    case .array(let elements): .list(elements.map(plain))
    case .object(let members): .map(distinct(members.map { ($0.0, plain($0.1)) }))
    default: YAMLValue(value)
    }
  }
}
