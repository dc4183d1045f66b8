internal import Posture

/// When an instance is tried again that could not be observed.
package enum RetryDelay {
  /// Seconds of the first bound; it doubles with each failure in a row.
  static let first = 60.0
  /// Seconds of the last.
  static let last = 3_600.0
  /// Seconds that a vendor can put off at most: no answer of a tenant switches its observation off.
  static let longest = 86_400.0

  /// - Parameters:
  ///   - failures: In a row, this one counted.
  ///   - opening: Seconds until the vendor asked to come back; nil where it did not say.
  ///   - interval: Seconds of the instance's own interval.
  ///   - chance: In 0..<1.
  /// - Returns: Seconds.
  static func seconds(
    after fault: Fault, failures: Int, opening: Double?, interval: Double, chance: Double
  ) -> Double {
    let bound = min(last, first * Double(1 << min(max(failures - 1, 0), 10)))
    switch fault.code.remedy {
    case .wait:
      // As told, and a little later, each at another moment.
      let told = opening ?? (fault.code == .quotaSpent ? last : bound)
      return min(max(told, 1), longest) + chance * min(first, bound)
    case .retry: return max(1, bound * chance)
    case .act: return interval * (1 + 0.1 * chance)
    }
  }
}
