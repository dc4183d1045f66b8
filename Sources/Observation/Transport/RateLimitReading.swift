package import Connectors
internal import Posture
internal import Text

/// What an answer says about how soon more may be asked.
package enum RateLimitReading {
  /// Seconds that `Retry-After` (RFC 9110, 10.2.3) asks for, as a number or a date; nil where it
  /// says neither.
  package static func retryAfter(_ response: APIResponse, now: Double) -> Double? {
    guard let text = response.header("retry-after")?.trimmed else { return nil }
    // Microsoft Graph sends fractions too.
    if let seconds = Double(text), seconds.isFinite { return bounded(seconds) }
    return HTTPDate.secondsSince1970(of: text).map { bounded(Double($0) - now) }
  }

  /// Limits seconds to between zero and a century: a vendor's number may be anything.
  private static func bounded(_ seconds: Double) -> Double { min(max(0, seconds), 3_155_760_000) }

  /// Seconds until every one of the vendor's windows has requests left; nil when none is empty.
  package static func pause(
    _ response: APIResponse, _ windows: [Connector.RateLimit], now: Double
  ) -> Double? {
    windows.compactMap { pause(response, $0, now: now) }.max()
  }

  /// How many requests are left in the vendor's windows, where it says so.
  package static func left(_ response: APIResponse, _ windows: [Connector.RateLimit]) -> Int? {
    windows.compactMap { response.header($0.remaining).flatMap(remaining) }.min()
  }

  /// The requests that are left: `12`, or the difference in `18/30` and `api-usage=18/30`.
  private static func remaining(_ text: String) -> Int? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(\.trimmed)
    guard parts.count == 2 else { return Int(text.trimmed) }
    guard let used = parts[0].split(separator: "=").last.flatMap({ Int($0.trimmed) }),
      let limit = Int(parts[1])
    else { return nil }
    return limit.subtractingReportingOverflow(used).partialValue
  }

  private static func pause(
    _ response: APIResponse, _ headers: Connector.RateLimit, now: Double
  ) -> Double? {
    guard let remaining = response.header(headers.remaining).flatMap(remaining), remaining <= 0
    else { return nil }
    guard let name = headers.reset else { return Double(headers.window) }
    guard let reset = response.header(name)?.trimmed else { return nil }
    let number = Double(reset).flatMap { $0.isFinite ? $0 : nil }
    switch headers.unit {
    case .seconds: return number.map(bounded)
    case .epoch: return number.map { bounded($0 - now) }
    case .time: return Instant(reset).map { bounded(Double($0.secondsSince1970) - now) }
    }
  }
}
