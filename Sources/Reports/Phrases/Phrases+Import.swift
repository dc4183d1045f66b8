package import Posture

/// What comes of the states that are written into an imported score's source.
extension Phrases {
  /// Why a state was not written; nil where it was, or stands there.
  package static func reason(of record: Effect.Record, in source: ImportedSource) -> String? {
    switch record.outcome.kind {
    case .leftAlone: record.outcome.state.map { decidedElsewhere($0, in: source) }
    case .failed: record.outcome.fault?.detail
    case .written, .found: nil
    }
  }

  /// Why an effect is not to be carried out; nil where it is.
  static func obstacle(to effect: Effect, in source: ImportedSource) -> String? {
    effect.isLeftAlone ? "left alone: \(decidedElsewhere(effect.from, in: source))" : nil
  }

  /// `Ignored was set in Secure Score by admin@contoso.com, not by Plumb`
  static func decidedElsewhere(_ state: TargetState, in source: ImportedSource) -> String {
    let by = state.by.isEmpty ? "" : " by \(state.by)"
    return "\(state.state) was set in \(source.shortTitle)\(by), not by Plumb"
  }
}
