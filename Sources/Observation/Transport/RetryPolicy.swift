/// When and how often a request is tried again: exponential backoff with full jitter.
package struct RetryPolicy: Sendable, Hashable {
  /// Tries in all.
  package var attempts = 6
  /// Seconds before the second try, doubled with each.
  package var base = 0.5
  /// Seconds of such a wait at the most.
  package var cap = 60.0
  /// The longest that a vendor may ask to wait, in seconds.
  package var longestWait = 900.0

  package init() {}

  /// Seconds to wait before another try; nil when there is none.
  ///
  /// - Parameters:
  ///   - attempt: Tries made so far, from 1.
  ///   - asked: Seconds that the vendor asks for, and less is never waited; nil when it asks for
  ///     none.
  ///   - jitter: In 0..<1.
  package func delay(after attempt: Int, asked: Double?, jitter: Double) -> Double? {
    guard attempt < attempts else { return nil }
    let ceiling = min(cap, base * Double(1 << min(attempt - 1, 20)))
    guard let asked else { return ceiling / 2 + ceiling / 2 * jitter }
    guard asked <= longestWait else { return nil }
    return max(0, asked) + base * jitter
  }

  /// Statuses that say "later".
  package static func isTransient(_ status: Int) -> Bool {
    [408, 425, 429, 500, 502, 503, 504].contains(status)
  }
}
