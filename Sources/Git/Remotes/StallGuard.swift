private import Glibc
internal import Synchronization

/// Ends a conversation with a server that has stopped: libgit2 1.5 knows no time limit.
///
/// When nothing was heard for as long as the limit says, a second thread interrupts the one that waits
/// in a system call with a signal that does nothing (SIGURG): the call fails with EINTR, and libgit2 gives
/// the connection up. It is sent again until that has happened.
final class StallGuard: Sendable {
  private struct State {
    var heard = ContinuousClock.now
    var hasStruck = false
  }

  let limit: Duration
  private let state = Mutex(State())

  init(limit: Duration) { self.limit = limit }

  /// Whether it had to end the conversation.
  var hasStruck: Bool { state.withLock { $0.hasStruck } }

  /// Something went on.
  func hear() { state.withLock { $0.heard = ContinuousClock.now } }

  /// Runs something that talks to a server, on this thread.
  func watching(_ body: () -> Int32) -> Int32 {
    var ends: [Int32] = [-1, -1]
    guard Self.isReady, pipe(&ends) == 0 else { return body() }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    hear()
    // A pool's threads block signals.
    var urgent = sigset_t()
    var before = sigset_t()
    sigemptyset(&urgent)
    sigaddset(&urgent, SIGURG)
    pthread_sigmask(SIG_UNBLOCK, &urgent, &before)
    let watch = Watch(owner: self, target: pthread_self(), end: ends[0])
    let payload = Unmanaged.passRetained(watch)
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
    pthread_sigmask(SIG_SETMASK, &before, nil)
    return result
  }

  /// Whether the signal interrupts, and does no more.
  private static let isReady: Bool = {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in }
    return sigaction(SIGURG, &action, nil) == 0
  }()

  /// Milliseconds until the limit; notes when it has passed.
  fileprivate func remaining() -> Int {
    state.withLock { state in
      let left = limit - (ContinuousClock.now - state.heard)
      if left <= .zero { state.hasStruck = true }
      return state.hasStruck ? 0 : Int(left.components.seconds) * 1_000 + 1_000
    }
  }
}

/// What the second thread does.
private final class Watch: Sendable {
  private let owner: StallGuard
  private let target: pthread_t
  private let end: Int32

  init(owner: StallGuard, target: pthread_t, end: Int32) {
    self.owner = owner
    self.target = target
    self.end = end
  }

  func run() {
    while true {
      let left = owner.remaining()
      if left == 0 { pthread_kill(target, SIGURG) }
      var entry = pollfd(fd: end, events: Int16(POLLIN), revents: 0)
      if poll(&entry, 1, left == 0 ? 100 : Int32(clamping: left)) > 0 { return }
    }
  }
}
