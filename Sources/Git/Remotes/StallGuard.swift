internal import CGitLines
private import Glibc
internal import Synchronization

/// Ends a conversation with a server that has stopped, and keeps it to the port that was named: libgit2 1.5 knows no
/// time limit, and follows a redirect to another port of the same host with the credential in hand.
///
/// The connections are made here in libgit2's place (`CGitLines`). When nothing was heard for as long as the limit
/// says, a second thread cuts the connection that the first one waits for.
final class StallGuard: Sendable {
  private struct State {
    var heard = ContinuousClock.now
    var activity: UInt = 0
    var hasStruck = false
  }

  let limit: Duration
  private let line: Line?
  private let state = Mutex(State())

  /// - Parameters:
  ///   - host: As it is connected to.
  ///   - port: The only one of that host.
  init(host: String, port: String, limit: Duration) {
    self.limit = limit
    line = Line(host: host, port: port, patience: limit)
  }

  /// Whether it had to end the conversation.
  var hasStruck: Bool { state.withLock { $0.hasStruck } || line?.wasLate == true }

  /// Something went on.
  func hear() { state.withLock { $0.heard = ContinuousClock.now } }

  /// Runs something that talks to a server, on this thread.
  func watching(_ body: () -> Int32) -> Int32 {
    guard let line else { return body() }
    line.use()
    defer { Line.useNone() }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return body() }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    hear()
    let payload = Unmanaged.passRetained(Watch(owner: self, line: line, end: ends[0]))
    var thread = pthread_t()
    let isWatched =
      pthread_create(
        &thread, nil,
        { payload in
          guard let payload else { return nil }
          Unmanaged<Watch>.fromOpaque(payload).takeRetainedValue().run()
          return nil
        }, payload.toOpaque()) == 0
    if !isWatched { payload.release() }
    let result = body()
    // The other thread wakes up and ends. A byte says so even where a child has inherited the end.
    var byte: UInt8 = 0
    _ = write(ends[1], &byte, 1)
    if isWatched { pthread_join(thread, nil) }
    close(ends[1])
    close(ends[0])
    return result
  }

  /// Milliseconds until the limit; notes when it has passed.
  fileprivate func remaining(_ activity: UInt) -> Int {
    state.withLock { state in
      if activity != state.activity {
        state.activity = activity
        state.heard = ContinuousClock.now
      }
      let left = limit - (ContinuousClock.now - state.heard)
      if left <= .zero { state.hasStruck = true }
      return state.hasStruck ? 0 : Int(left.components.seconds) * 1_000 + 1_000
    }
  }
}

/// What a conversation may connect to, and the connection that it has.
///
/// Unchecked: the C side guards what two threads share.
private final class Line: @unchecked Sendable {
  private let pointer: OpaquePointer

  init?(host: String, port: String, patience: Duration) {
    let milliseconds = Int32(clamping: patience.components.seconds) &* 1_000
    guard let pointer = plumb_line_new(host, port, milliseconds > 0 ? milliseconds : .max) else {
      return nil
    }
    self.pointer = pointer
  }

  deinit { plumb_line_free(pointer) }

  var activity: UInt { plumb_line_activity(pointer) }
  var wasLate: Bool { plumb_line_was_late(pointer) != 0 }
  func use() { plumb_line_use(pointer) }
  func cut() { plumb_line_cut(pointer) }
  static func useNone() { plumb_line_use(nil) }
}

/// What the second thread does.
private final class Watch: Sendable {
  private let owner: StallGuard
  private let line: Line
  private let end: Int32

  init(owner: StallGuard, line: Line, end: Int32) {
    self.owner = owner
    self.line = line
    self.end = end
  }

  func run() {
    while true {
      let left = owner.remaining(line.activity)
      if left == 0 { line.cut() }
      var entry = pollfd(fd: end, events: Int16(POLLIN), revents: 0)
      if poll(&entry, 1, left == 0 ? 100 : Int32(clamping: left)) > 0 { return }
    }
  }
}
