private import Foundation
internal import Observation
private import Synchronization

/// One line on standard error that says how far observing has come, once it takes longer than a
/// second; nothing where there is no terminal.
final class ObservationProgressLine: Sendable {
  private struct State {
    var total: [String: Int] = [:]
    var finished: [String: Int] = [:]
    var resources = 0
    var isDrawn = false
  }

  private let start = ContinuousClock.now
  private let state = Mutex(State())
  private let isOn: Bool

  init(isQuiet: Bool) { isOn = !isQuiet && isatty(STDERR_FILENO) == 1 }

  func show(_ progress: ObservationProgress) {
    guard isOn else { return }
    state.withLock { state in
      switch progress.event {
      case .began: state.total[progress.instance] = progress.collections
      case .advanced(_, let resources): state.resources += resources
      case .finished: state.finished[progress.instance, default: 0] += 1
      }
      guard start.duration(to: .now) > .seconds(1) else { return }
      let done = state.finished.values.reduce(0, +)
      let total = state.total.values.reduce(0, +)
      write(
        "\r\u{1B}[K\(done) of \(total) collections of \(state.total.count) instances, \(state.resources) resources"
      )
      state.isDrawn = true
    }
  }

  /// Takes the line away.
  func clear() {
    state.withLock { state in
      if state.isDrawn { write("\r\u{1B}[K") }
      state.isDrawn = false
    }
  }

  private func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
