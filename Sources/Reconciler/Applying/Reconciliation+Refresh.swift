internal import Posture

extension Reconciliation {
  /// The same after what is stale was observed: nothing is left to observe, and now is later.
  ///
  /// - Parameter base: The trusted desired state, when the other is under review.
  func refreshed(_ state: DesiredState, base: DesiredState? = nil) async throws -> Reconciliation {
    guard let refresh = request.refresh else { return self }
    return settled(at: try await refresh.run(state, base: base, now: request.now))
  }

  /// The same at a time when everything has been observed that will be.
  func settled(at now: Instant) -> Reconciliation {
    var request = request
    request.refresh = nil
    request.now = now
    return Reconciliation(request)
  }
}
