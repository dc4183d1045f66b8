import Posture
import Reconciler
import Testing

/// The guard against what many tenants share.
@Suite("The fleet's guard") struct FleetGuardTests {
  static func instances(_ count: Int, suspect: Int = 0) -> [Snapshot.Instance] {
    (0..<count).map { number in
      Snapshot.Instance(
        name: "acme-\(number)", app: "acme", displayName: "", recommendations: true, digest: "",
        observedAt: nil, observationDigest: nil, collections: [],
        staleReason: number >= count - suspect ? .suspect(.worse(9, of: 10)) : nil, results: [])
    }
  }

  @Test(
    "an app is held where more than a fifth, and at least two, are in trouble",
    arguments: [
      (count: 10, failing: 2, suspect: 0, isHeld: false),
      (count: 10, failing: 3, suspect: 0, isHeld: true),
      (count: 10, failing: 1, suspect: 2, isHeld: true),
      (count: 1, failing: 1, suspect: 0, isHeld: false),
      (count: 3, failing: 1, suspect: 0, isHeld: false),
      (count: 3, failing: 2, suspect: 0, isHeld: true),
    ])
  func held(count: Int, failing: Int, suspect: Int, isHeld: Bool) {
    let held = FleetGuard.held(
      Self.instances(count, suspect: suspect),
      failing: Set((0..<failing).map { "acme-\($0)" }))
    #expect(held.map(\.app) == (isHeld ? ["acme"] : []))
    if isHeld { #expect(held.first?.count == failing + suspect) }
  }
}
