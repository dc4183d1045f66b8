internal import Posture
internal import Text

/// Lists how imported recommendations differ from the recorded ones.
struct ImportDiffer {
  /// The instance through which they were read.
  let instance: String
  /// The recorded import. Nil when there is none: a first import is no change of each
  /// recommendation.
  let before: RecordedImport?
  let after: RecordedImport
  /// The cause for each exception that acts differently now, by name.
  let exceptions: [String: Change.Cause]

  func changes() -> [Change] {
    guard let before else { return [] }
    let old = before.observation.controls.keyed(by: \.id)
    let changes = after.observation.controls.compactMap { control -> Change? in
      guard let standing = after.standings[control.id] else { return nil }
      let now = Change.Imported(status: standing.status, points: control.points)
      guard let earlier = old[control.id], let stood = before.standings[control.id] else {
        return change(from: nil, to: now, control, on: standing.instance, cause: .catalog)
      }
      guard
        stood.status != standing.status || stood.compliance != standing.compliance
          || earlier.earned != control.earned || earlier.possible != control.possible
      else { return nil }
      return change(
        from: .init(status: stood.status, points: earlier.points), to: now, control,
        on: standing.instance, by: standing.exception,
        cause: cause(of: control, standing, from: earlier, stood))
    }
    let present = Set(after.observation.controls.map(\.id))
    return changes
      + before.observation.controls.filter { !present.contains($0.id) }.map { control in
        change(
          from: .init(status: before.standings[control.id]?.status, points: control.points),
          to: nil, control, on: nil, cause: .catalog)
      }
  }

  /// - Parameter instance: The instance that the control speaks of; nil where it is the reading
  ///   one.
  private func change(
    from: Change.Imported?, to: Change.Imported?, _ control: ImportedControl,
    on instance: String?, by exception: String? = nil, cause: Change.Cause
  ) -> Change {
    Change(
      .imported(from: from, to: to, exception: exception),
      of: .result(
        instance: instance ?? self.instance,
        recommendation: after.source.prefix + control.id), cause: cause)
  }

  private func cause(
    of control: ImportedControl, _ standing: RecordedImport.ControlRecord,
    from old: ImportedControl, _ stood: RecordedImport.ControlRecord
  ) -> Change.Cause {
    let causes = [standing.exception, stood.exception].compactMap(\.self)
      .compactMap { exceptions[$0] }
    if stood.exception != standing.exception, let cause = causes.first { return cause }
    if (stood.compliance == .unknown) != (standing.compliance == .unknown) { return .observation }
    return old.possible != control.possible ? .catalog : .drift
  }
}
