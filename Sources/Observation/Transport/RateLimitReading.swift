package import Posture
internal import YAML

/// What an answer says about how soon more may be asked.
package enum RateLimitReading {
  /// Seconds that `Retry-After` (RFC 9110, 10.2.3) asks for: a number, or a date.
  package static func retryAfter(_ response: APIResponse, now: Double) -> Double? {
    guard let text = response.header("retry-after")?.trimmed else { return nil }
    // Microsoft Graph sends fractions too.
    if let seconds = Double(text), seconds.isFinite { return bounded(seconds) }
    return HTTPDate.seconds(of: text).map { bounded($0 - now) }
  }

  /// Seconds between none and a century: what a vendor says is no number to compute with.
  private static func bounded(_ seconds: Double) -> Double { min(max(0, seconds), 3_155_760_000) }

  /// Seconds until the vendor's window begins anew, when nothing is left of this one.
  package static func pause(
    _ response: APIResponse, _ headers: Connector.RateLimit?, now: Double
  ) -> Double? {
    guard let headers,
      let remaining = response.header(headers.remaining).flatMap({ Int($0.trimmed) }),
      remaining <= 0, let reset = response.header(headers.reset)?.trimmed
    else { return nil }
    let number = Double(reset).flatMap { $0.isFinite ? $0 : nil }
    switch headers.unit {
    case .seconds: return number.map(bounded)
    case .epoch: return number.map { bounded($0 - now) }
    case .time: return Instant(reset).map { bounded(Double($0.secondsSince1970) - now) }
    }
  }
}

/// The dates of HTTP headers: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Seconds since 1970; nil when it is no such date.
  static func seconds(of text: String) -> Double? {
    let parts = text.split(separator: " ")
    guard parts.count == 6, parts[5] == "GMT", let day = Int(parts[1]), let year = Int(parts[3]),
      let month = months.firstIndex(of: String(parts[2])),
      let date = CalendarDate(year: year, month: month + 1, day: day)
    else { return nil }
    let time = parts[4].split(separator: ":").compactMap { Int($0) }
    guard time.count == 3, (0...23).contains(time[0]), (0...59).contains(time[1]),
      (0...60).contains(time[2])
    else { return nil }
    return Double(date.daysSince1970 * 86_400 + time[0] * 3_600 + time[1] * 60 + time[2])
  }
}

extension String {
  /// Without blanks at both ends.
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
