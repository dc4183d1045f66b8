private import Foundation
private import Synchronization

/// A bar on standard error while work takes longer than a second; nothing where there is no terminal.
final class ProgressBar: Sendable {
  private let start = ContinuousClock.now
  private let isDrawn = Mutex(false)
  private let isTerminal = isatty(STDERR_FILENO) == 1

  /// Shows how much is done; takes the bar away when all is.
  func show(done: Int, of total: Int) {
    guard isTerminal, total > 0 else { return }
    isDrawn.withLock { isDrawn in
      if done == total {
        if isDrawn { write("\r\u{1B}[K") }
        isDrawn = false
      } else if isDrawn || start.duration(to: .now) > .seconds(1) {
        let filled = 30 * done / total
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
        write("\r\u{1B}[K\(bar) \(done) of \(total) instances")
        isDrawn = true
      }
    }
  }

  private func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
