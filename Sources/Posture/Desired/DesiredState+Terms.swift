package import YAML

extension DesiredState {
  /// Checks that no risk is accepted, and nothing planned, for longer than the Settings allow.
  ///
  /// The answer depends on the day, so a plan does not fail by it, but by the gate
  /// `exceptionTooLong`. A diagnostic is an error where that gate fails, a warning where it warns;
  /// where it is off, there is none.
  ///
  /// - Parameter now: From when the time is counted.
  package func checkTerms(at now: Instant, diagnostics: Diagnostics) {
    let action = settings.gates.exceptionTooLong ?? .fail
    guard action != .off else { return }
    let latest = now.adding(seconds: settings.exceptionMaxDuration)
    let limit = settings.exceptionMaxDuration
    for place in exceptions.indices {
      guard let expires = exceptions[place].expires,
        Exception.isTooLong(exceptions[place].status, until: expires, at: now, limit: limit)
      else { continue }
      let limit = Timespan(seconds: limit)
      diagnostics.append(
        Diagnostic(
          action == .fail ? .error : .warning,
          "\(expires) is too far ahead: an exception lasts \(limit) at the most (Settings, exceptions.maxDuration), until \(latest.day)",
          at: exceptions[place].expiresMark))
    }
  }
}
