internal import Posture
internal import Reconciler
internal import Reports

/// What is said of messages that were sent, or could not be.
enum NotificationNotes {
  /// Tells each channel's outcome. One whose variables are missing or wrong ends the run with an error, as no later run does
  /// better; a receiver that did not take a message is a warning: what was recorded stays recorded.
  static func tell(
    _ outcomes: [NotificationOutcome], isQuiet: Bool, _ ending: inout Ending
  ) {
    for outcome in outcomes {
      if let failure = outcome.failure {
        let text = Escaping.terminal("'\(outcome.channel)' was not notified: \(failure.detail)")
        if outcome.isMisconfigured { ending.fail(text) } else { Console.note("warning: \(text)") }
        continue
      }
      if outcome.unfiled > 0 {
        Console.note(
          "warning: '\(outcome.channel)' was sent the worst \(NotificationMessage.mostFiled) alerts, and not \(outcome.unfiled) more"
        )
      }
      if !isQuiet {
        Console.note("Notified '\(outcome.channel)' of \(things(outcome.notices)).")
      }
    }
  }

  private static func things(_ count: Int) -> String {
    count == 1 ? "1 thing" : "\(count) things"
  }
}
