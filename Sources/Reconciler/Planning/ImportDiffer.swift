internal import Posture
internal import Text

/// Lists what differs for imported recommendations since they were recorded.
struct ImportDiffer {
  /// The instance that it was read through.
  let instance: String
  /// Nil when nothing was recorded: the first import is no change of each.
  let before: RecordedImport?
  let after: RecordedImport
  /// Why exceptions act otherwise than before, by name.
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

  /// - Parameter instance: The one that the control speaks of, where it is another one.
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
