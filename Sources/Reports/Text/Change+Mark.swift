internal import Posture

extension Change {
  /// Whether it wants a decision of somebody.
  var isPressing: Bool {
    switch type {
    case .exceptionExpired, .exceptionExpiringSoon, .exceptionUnused: true
    default: false
    }
  }

  /// The mark of what came, went or changed in a tenant: whether that is for the better, verdicts say.
  var mark: ChangeMark {
    switch type {
    case .resourceAdded: .appeared
    case .resourceRemoved: .gone
    default: .changed
    }
  }
}
