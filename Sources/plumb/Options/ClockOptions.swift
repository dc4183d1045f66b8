internal import ArgumentParser
private import Foundation
internal import Posture

/// What counts as now, for commands that observe nothing.
struct ClockOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The time that counts as now, such as 2026-06-01T06:00:00Z (default: the clock).",
      valueName: "time"))
  var at: String?

  func now() throws -> Instant {
    guard let at else { return Instant(secondsSince1970: Int(Date().timeIntervalSince1970)) }
    guard let instant = Instant(at) else {
      throw ValidationError("'\(at)' is no time; write 2026-06-01T06:00:00Z or 2026-06-01.")
    }
    return instant
  }
}
