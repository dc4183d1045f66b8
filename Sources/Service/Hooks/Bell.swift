#if Service
package import Observation

/// Rung by hooks, heard by the loop: that something may have been pushed.
///
/// A push of ten commits, or of ten branches, rings ten times at once. The bell waits a little after the first ring, and is heard once;
/// it rings at the latest then, however often it is rung on.
package actor Bell {
  /// Seconds from the first ring until it is heard.
  package static let quiet = 5.0

  /// One element for all that rang within the wait; what rings while nobody listens is heard once, later.
  package nonisolated let rings: AsyncStream<Void>
  private nonisolated let heard: AsyncStream<Void>.Continuation
  private let pace: any Pace
  private let wait: Double
  private var isRinging = false

  package init(pace: any Pace = SystemPace(), quiet wait: Double = Bell.quiet) {
    (rings, heard) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    self.pace = pace
    self.wait = wait
  }

  package func ring() {
    guard !isRinging else { return }
    isRinging = true
    Task { [weak self, pace, wait] in
      try? await pace.sleep(seconds: wait)
      await self?.sound()
    }
  }

  private func sound() {
    isRinging = false
    heard.yield()
  }
}
#endif
