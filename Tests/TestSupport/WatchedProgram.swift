private import Foundation
private import Synchronization

/// A program at work whose lines on standard error a test waits for.
package final class WatchedProgram: Sendable {
  private struct State {
    var lines: [String] = []
    var isAtEnd = false
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let shared: Shared
  private let child: Child
  package var identifier: Int32 { child.identifier }

  /// What the reading thread has of it.
  private final class Shared: Sendable {
    let state = Mutex(State())
  }

  /// - Parameter environment: The whole of it; nothing is inherited.
  package init(
    _ program: String, _ arguments: [String], in folder: String, environment: [String: String]
  ) throws {
    let shared = Shared()
    self.shared = shared
    let pipe = Pipe()
    child = try Child(
      program, arguments, in: folder, environment: environment,
      channels: (nil, nil, pipe.fileHandleForWriting.fileDescriptor))
    try pipe.fileHandleForWriting.close()
    let reader = pipe.fileHandleForReading
    Thread.detachNewThread {
      var rest: [UInt8] = []
      while true {
        let data = reader.next()
        rest += data
        var found: [String] = []
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
          found.append(String(decoding: rest[..<end], as: UTF8.self))
          rest.removeSubrange(...end)
        }
        let waiters = shared.state.withLock { state in
          state.lines += found
          state.isAtEnd = data.isEmpty
          defer { state.waiters = [] }
          return state.waiters
        }
        waiters.forEach { $0.resume() }
        if data.isEmpty { return }
      }
    }
  }

  deinit { child.stop() }

  /// What it said so far.
  package var lines: [String] { shared.state.withLock { $0.lines } }

  /// The first line, from one on, that holds all of the texts.
  ///
  /// - Returns: The line, and the number of the one behind it.
  /// - Throws: ``Scratch/Failure`` where the program ends without.
  @discardableResult
  package func line(
    with texts: String..., from start: Int = 0
  ) async throws -> (text: String, next: Int) {
    try await line(from: start, sought: "\(texts)") { line in texts.allSatisfy(line.contains) }
  }

  /// The first line, from one on, that holds one of the texts.
  package func line(
    withOne texts: [String], from start: Int = 0
  ) async throws -> (text: String, next: Int) {
    try await line(from: start, sought: "one of \(texts)") { line in
      texts.contains(where: line.contains)
    }
  }

  private func line(
    from start: Int, sought: String, _ isSought: (String) -> Bool
  ) async throws -> (text: String, next: Int) {
    var seen = start
    while true {
      let (lines, isAtEnd) = shared.state.withLock { ($0.lines, $0.isAtEnd) }
      while seen < lines.count {
        if isSought(lines[seen]) { return (lines[seen], seen + 1) }
        seen += 1
      }
      guard !isAtEnd else {
        throw Scratch.Failure(
          description: "it never said \(sought): \(lines.joined(separator: "\n"))")
      }
      await withCheckedContinuation { waiter in
        let isKnown = shared.state.withLock { state in
          guard state.lines.count == lines.count, !state.isAtEnd else { return true }
          state.waiters.append(waiter)
          return false
        }
        if isKnown { waiter.resume() }
      }
    }
  }

  package func signal(_ number: Int32) { child.signal(number) }

  /// Waits for its end.
  ///
  /// - Returns: The exit status, or 128 and the signal.
  package func finish() async -> Int32 {
    let status: Int32 = await withCheckedContinuation { waiter in
      Thread.detachNewThread { [child] in
        let ending = child.finish()
        waiter.resume(returning: ending.wasKilled ? 128 + ending.status : ending.status)
      }
    }
    // What it said last is read behind its end.
    while !shared.state.withLock({ $0.isAtEnd }) {
      await withCheckedContinuation { waiter in
        let isAtEnd = shared.state.withLock { state in
          if !state.isAtEnd { state.waiters.append(waiter) }
          return state.isAtEnd
        }
        if isAtEnd { waiter.resume() }
      }
    }
    return status
  }
}
