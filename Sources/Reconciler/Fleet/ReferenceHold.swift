internal import Git
internal import Posture
private import Synchronization

/// Holds a shard for one process among machines that share nothing but git.
///
/// A reference of the remote says who has it and until when. It is a line of commits that is never forced: of two that
/// take it at once the second's does not follow the first's, and is refused. Who has it renews it while it runs, and
/// gives it back by a commit too. Of a process that ended otherwise the time passes, and the next one takes over.
///
/// Clocks of machines may differ by minutes; the time is long enough for that.
final class ReferenceHold: ShardHold {
  /// How long one claim lasts, in seconds.
  static let lifetime = 15 * 60

  private let claims: ShardClaims
  /// The last claim and when it ends; nil once another process has the shard.
  private let last: Mutex<(commit: ObjectID, until: Instant)?>
  private let renewing: Mutex<Task<Void, Never>?> = Mutex(nil)
  let warning: String?

  /// - Throws: ``FleetError`` of code `tryAgain` while another process has the shard, or where the remote cannot be reached.
  init(_ claims: ShardClaims) throws {
    self.claims = claims
    let until = Self.expiry
    let taken = try claims.take(until: until)
    last = Mutex((taken.commit, until))
    warning = taken.warning
    let task = Task.detached { [weak self] in
      while true {
        try? await Task.sleep(for: .seconds(Self.lifetime / 3))
        guard !Task.isCancelled, let self, self.renew() else { return }
      }
    }
    renewing.withLock { $0 = task }
  }

  private static var expiry: Instant {
    Instant(secondsSince1970: Instant.clock.secondsSince1970 + lifetime)
  }

  /// - Returns: Whether it is still held; a remote that does not answer is asked again the next time.
  private func renew() -> Bool {
    last.withLock { last in
      guard let known = last else { return false }
      let until = Self.expiry
      switch claims.follow(known.commit, until: until) {
      case .taken(let commit): last = (commit, until)
      case .lost: last = nil
      case .refused, .unreachable: break
      }
      return last != nil
    }
  }

  func check() throws(FleetError) {
    if let until = last.withLock({ $0?.until }), Instant.clock < until { return }
    throw FleetError(
      .tryAgain,
      "shard \(claims.shard) is no longer held, since \(claims.label) could not be told for \(Self.lifetime / 60) minutes that this process runs it: another one may"
    )
  }

  func release() {
    renewing.withLock { task in
      task?.cancel()
      task = nil
    }
    last.withLock { last in
      if let known = last { _ = claims.follow(known.commit, until: nil) }
    }
  }
}
