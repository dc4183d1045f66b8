internal import Posture

extension Change {
  /// Whether it wants a decision of somebody.
  var isPressing: Bool {
    switch type {
    case .exceptionExpired, .exceptionExpiringSoon, .exceptionUnused: true
    default: false
    }
  }

  /// The mark of what came, went or changed in a tenant.
  var mark: ChangeMark {
    switch type {
    case .resourceAdded: .resolved
    case .resourceRemoved: .regressed
    default: .changed
    }
  }
}
