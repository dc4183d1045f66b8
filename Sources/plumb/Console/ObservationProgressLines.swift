private import Foundation
internal import Observation
private import Synchronization

/// A bar on standard error for each instance that is being observed, once it takes longer than a
/// second; nothing where there is no terminal.
final class ObservationProgressLines: Sendable {
  private struct State {
    var progress = ProgressOfInstances()
    var drawn = 0
    var lastDrawn: ContinuousClock.Instant?
  }

  private let start = ContinuousClock.now
  private let state = Mutex(State())
  private let isOn: Bool

  init(isQuiet: Bool) { isOn = !isQuiet && isatty(STDERR_FILENO) == 1 }

  func show(_ progress: ObservationProgress) {
    guard isOn else { return }
    state.withLock { state in
      state.progress.take(progress)
      let now = ContinuousClock.now
      // Ten times a second is as often as anybody looks.
      guard start.duration(to: now) > .seconds(1),
        state.lastDrawn.map({ $0.duration(to: now) > .milliseconds(100) }) ?? true
      else { return }
      state.lastDrawn = now
      let lines = state.progress.lines(width: Console.width(of: STDERR_FILENO))
      write(Self.erase(state.drawn) + lines.map { $0 + "\n" }.joined())
      state.drawn = lines.count
    }
  }

  /// Takes the bars away.
  func clear() {
    state.withLock { state in
      if state.drawn > 0 { write(Self.erase(state.drawn)) }
      state.drawn = 0
    }
  }

  /// Back to the first line, and everything below it blank.
  private static func erase(_ lines: Int) -> String {
    lines == 0 ? "" : "\u{1B}[\(lines)A\r\u{1B}[J"
  }

  private func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}

/// How far each instance has come.
struct ProgressOfInstances {
  private struct Row {
    let instance: String
    let collections: Int
    var finished = 0
    var resources = 0
  }

  /// Those under way, in the order in which they began.
  private var rows: [Row] = []
  private var done = 0

  mutating func take(_ progress: ObservationProgress) {
    if case .began = progress.event {
      rows.append(Row(instance: progress.instance, collections: progress.collections))
      return
    }
    guard let index = rows.firstIndex(where: { $0.instance == progress.instance }) else { return }
    switch progress.event {
    case .began: break
    case .advanced(_, let resources): rows[index].resources += resources
    case .finished:
      rows[index].finished += 1
      if rows[index].finished >= rows[index].collections {
        rows.remove(at: index)
        done += 1
      }
    }
  }

  /// A line for each instance under way, and one for those that are done; none is wider than the
  /// terminal.
  func lines(width: Int) -> [String] {
    let column = min(32, rows.map(\.instance.count).max() ?? 0)
    var lines = rows.map { row in
      let filled = row.collections == 0 ? 0 : 20 * row.finished / row.collections
      let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 20 - filled)
      let name = String(row.instance.prefix(column))
      return name + String(repeating: " ", count: column - name.count)
        + "  \(bar) \(row.finished) of \(row.collections) collections, \(row.resources) resources"
    }
    if done > 0 { lines.append("\(done) \(done == 1 ? "instance" : "instances") observed") }
    return lines.map { String($0.prefix(max(20, width - 1))) }
  }
}
