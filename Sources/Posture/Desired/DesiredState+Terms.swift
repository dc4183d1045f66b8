package import YAML

extension DesiredState {
  /// Checks that no risk is accepted, and nothing planned, for longer than the Settings allow.
  ///
  /// - Parameter now: From when the time is counted.
  package func checkTerms(at now: Instant, diagnostics: Diagnostics) {
    let latest = Instant(secondsSince1970: now.secondsSince1970 + settings.exceptionMaxDuration)
    for exception in exceptions
    where exception.status == .riskAccepted || exception.status == .planned {
      guard let expires = exception.expires,
        expires.daysSince1970 * 86_400 > latest.secondsSince1970
      else { continue }
      let limit = Timespan(seconds: settings.exceptionMaxDuration)
      diagnostics.error(
        "\(expires) is too far ahead: an exception lasts \(limit) at the most (Settings, exceptions.maxDuration), until \(latest.day)",
        at: exception.expiresMark)
    }
  }
}
