private import Foundation

/// Time and chance, so that tests need neither.
package protocol Pace: Sendable {
  /// Seconds since 1970.
  var now: Double { get }

  /// Waits.
  ///
  /// - Throws: `CancellationError`.
  func sleep(seconds: Double) async throws

  /// A number in 0..<1 that spreads the retries of many clients.
  func jitter() -> Double
}

/// The machine's clock.
package struct SystemPace: Pace {
  package init() {}

  package var now: Double { Date().timeIntervalSince1970 }

  package func sleep(seconds: Double) async throws {
    try await Task.sleep(for: .seconds(max(0, seconds)))
  }

  package func jitter() -> Double { Double.random(in: 0..<1) }
}
