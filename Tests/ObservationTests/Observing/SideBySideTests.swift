import Connectors
import Posture
import Synchronization
import TestSupport
import Testing

@testable import Observation

/// How many requests run at a time, as the server sees it.
@Suite("Side by side")
struct SideBySideTests {
  private static let parents = 60
  private static let list =
    "[" + (0..<parents).map { #"{"id":"p\#($0)"}"# }.joined(separator: ",") + "]"
  private static let collections = """
    parents: { get: /parents }
    children: { forEach: parents, get: '/parents/{parent.id}/children' }
    """
  private static let expected = (0..<parents).map {
    #"{"_parent":"p\#($0)","id":"c","of":"/api/parents/p\#($0)/children"}"#
  }

  private static func children(_ request: VendorServer.Request) -> VendorServer.Answer {
    .json(#"[{"id":"c","of":"\#(request.path)"}]"#)
  }

  /// Observes, and holds that all children are stored in the order of their parents.
  private static func observed(
    concurrency: Int, at server: VendorServer
  ) async throws -> ObservationReport {
    let scene = Scene()
    defer { scene.remove() }
    let report = try await scene.observe(
      collections, extra: "concurrency: \(concurrency)", at: server)
    #expect(report.state(of: "children") == "complete \(parents)")
    #expect(scene.lines("children") == expected)
    return report
  }

  @Test(
    "a few run at first, each good answer makes room for one more, and the connector's number is the most"
  )
  func growing() async throws {
    let room = WaitingRoom(total: Self.parents)
    let answered = Atomic(0)
    try await VendorServer.serve { request, _ in
      if request.path == "/api/parents" { return .json(Self.list) }
      let before = answered.add(1, ordering: .relaxed).oldValue
      // The answer for the parents has made room for one more: 9, then 18, then what the connector says.
      let wave = before < 9 ? 9 : before < 27 ? 18 : 20
      return room.holding(Self.children(request), until: wave, isWave: true)
    } _: { server in
      _ = try await Self.observed(concurrency: 20, at: server)
      #expect(room.most == 20)
    }
  }

  @Test(
    "what is stored does not depend on which answer comes first",
    arguments: 1...4 as ClosedRange<UInt64>)
  func order(seed: UInt64) async throws {
    let room = WaitingRoom(total: Self.parents, seed: seed)
    try await VendorServer.serve { request, _ in
      request.path == "/api/parents"
        ? .json(Self.list) : room.holding(Self.children(request), until: 8, isWave: true)
    } _: { server in
      _ = try await Self.observed(concurrency: 8, at: server)
      #expect(room.most == 8)
    }
  }

  @Test("a vendor that refuses all that runs at a time is asked again, and read whole")
  func throttled() async throws {
    let asked = Atomic(0)
    let refused = WaitingRoom(total: 9)
    let answered = WaitingRoom(total: Self.parents)
    try await VendorServer.serve { request, _ in
      if request.path == "/api/parents" { return .json(Self.list) }
      guard asked.add(1, ordering: .relaxed).oldValue < 9 else {
        // Half of nine run at a time from now on.
        return answered.holding(Self.children(request), until: 4, isWave: true)
      }
      return refused.holding(
        .json("{}", status: 429, headers: [("retry-after", "1")]), until: 9, isWave: true)
    } _: { server in
      let report = try await Self.observed(concurrency: 32, at: server)
      #expect(refused.most == 9)
      #expect(answered.most >= 4)
      #expect(report.waits == 9)
    }
  }

  @Test("no more run at a time than the vendor says are left")
  func left() async throws {
    let room = WaitingRoom(total: Self.parents)
    try await VendorServer.serve { request, _ in
      let left = [("x-remaining", "3"), ("x-reset", "1780000030")]
      return request.path == "/api/parents"
        ? .json(Self.list, headers: left)
        : room.holding(
          .json(#"[{"id":"c","of":"\#(request.path)"}]"#, headers: left), until: 3)
    } _: { server in
      _ = try await Self.observed(concurrency: 20, at: server)
      #expect(room.most == 3)
    }
  }
}

@Suite("Gates of hosts")
struct HostGatesTests {
  @Test("answers that ask for patience halve the room once, however many began before")
  func halving() async {
    let gates = HostGates()
    var places: [HostGates.Place] = []
    for _ in 0..<8 { places.append(await gates.enter("a.example", limit: 32)) }
    for place in places { gates.widen(place, left: nil) }
    let old = [
      await gates.enter("a.example", limit: 32), await gates.enter("a.example", limit: 32),
    ]
    #expect(gates.narrow(old[0]) == 8)
    #expect(gates.narrow(old[1]) == 8)
    for place in old { gates.leave(place) }
    let new = await gates.enter("a.example", limit: 32)
    #expect(gates.narrow(new) == 4)
    gates.leave(new)
    let later = await gates.enter("a.example", limit: 32)
    #expect(gates.narrow(later) == 2)
    // Another host knows nothing of it.
    let elsewhere = await gates.enter("b.example", limit: 32)
    #expect(gates.narrow(elsewhere) == 4)
  }

  @Test("one request is always let in, so that it is found out when there is room again")
  func one() async {
    let gates = HostGates()
    let place = await gates.enter("a.example", limit: 32)
    gates.widen(place, left: 0)
    let next = await gates.enter("a.example", limit: 32)
    gates.widen(next, left: nil)
    var places: [HostGates.Place] = []
    for _ in 0..<10 { places.append(await gates.enter("a.example", limit: 32)) }
    #expect(places.count == 10)
  }
}
