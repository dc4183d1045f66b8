internal import JSON
internal import Posture
internal import YAML

/// Lists what two desired states say otherwise of recommendations and of Plumb itself: what a
/// reviewer would miss if only verdicts and scores were told.
struct DeclarationDiffer {
  let old: DesiredState
  let new: DesiredState

  init(from old: DesiredState, to new: DesiredState) {
    self.old = old
    self.new = new
  }

  func changes() -> [Change] { recommendations() + settings() }

  /// Recommendations of the apps in use that both have, with another definition.
  private func recommendations() -> [Change] {
    let apps = Set(new.instances.map(\.app.value))
    let before = Dictionary(
      old.recommendations.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return new.recommendations.compactMap { recommendation in
      guard apps.contains(recommendation.app.value), let earlier = before[recommendation.name],
        earlier.digest != recommendation.digest || earlier.points != recommendation.points
          || earlier.impact != recommendation.impact
      else { return nil }
      return Change(
        .recommendationChanged, recommendation: recommendation.name, cause: .desiredState,
        reason: Self.difference(from: earlier, to: recommendation))
    }
  }

  private static func difference(from old: Recommendation, to new: Recommendation) -> String {
    var parts: [String] = []
    if old.points != new.points || old.impact != new.impact {
      parts.append(
        "impact \(old.impact.rawValue) (\(old.points) points) → \(new.impact.rawValue) (\(new.points))"
      )
    }
    for parameter in new.parameters {
      let earlier = old.parameters.first { $0.name == parameter.name }?.value
      if earlier != parameter.value {
        parts.append(
          "parameter \(parameter.name) \(earlier?.compactText ?? "none") → \(parameter.value.compactText)"
        )
      }
    }
    return parts.isEmpty ? "its definition changed" : parts.joined(separator: "; ")
  }

  private func settings() -> [Change] {
    func days(_ seconds: Int) -> String { Timespan(seconds: seconds).description }
    let (a, b) = (old.settings, new.settings)
    let fields: [(String, String, String)] =
      [
        ("reports.branch", a.reportsBranch, b.reportsBranch),
        ("reports.path", a.reportsPath, b.reportsPath),
        ("drift.scoreDropThreshold", "\(a.scoreDropThreshold)", "\(b.scoreDropThreshold)"),
        (
          "exceptions.maxDuration", days(a.exceptionMaxDuration), days(b.exceptionMaxDuration)
        ),
        ("exceptions.expiringSoon", days(a.expiringSoon), days(b.expiringSoon)),
      ]
      + zip(a.gates.values, b.gates.values).map {
        ("gates.\($0.name.rawValue)", $0.value, $1.value)
      }
    return fields.compactMap { name, from, to in
      guard from != to else { return nil }
      return Change(
        .settingsChanged, setting: name, from: .string(from), to: .string(to),
        cause: .desiredState, reason: "\(from) → \(to)")
    }
  }
}
