package import Posture

extension Compliance {
  /// The worse of two verdicts on one policy.
  package func worse(_ other: Compliance?) -> Compliance {
    guard let other else { return self }
    let order: [Compliance] = [.notCompliant, .unknown, .compliant, .notApplicable]
    return order.first { $0 == self || $0 == other } ?? self
  }
}
