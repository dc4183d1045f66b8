internal import ArgumentParser
internal import Posture

/// What counts as now, for commands that observe nothing.
struct ClockOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The time that counts as now, such as 2026-06-01T06:00:00Z (default: the clock).",
      valueName: "time"))
  var at: String?

  func validate() throws { _ = try now() }

  func now() throws -> Instant { try ObservationOptions.instant(at) }
}
