#if Service
import Logging
import Observation
import Posture
import Reconciler
import Synchronization
import TestSupport
import Testing

@testable import Service

/// The loop on a clock that a test moves, with work that a test does.
@Suite("The controller's loop", .timeLimit(.minutes(45)))
struct ControllerLoopTests {
  /// Work that answers as the test says, and counts.
  private final class RehearsedWork: ControllerWork {
    struct Counts {
      var fetches = 0
      var observed: [(name: String, at: Double)] = []
      var applies = 0
      var appliesAtOnce = 0
      var most = 0
    }

    let counts = Mutex(Counts())
    let pace: ManualPace
    let state: FollowedState
    /// What an observation at a time comes to; nil where it is stored.
    let fault: @Sendable (Double) -> (Fault, opening: Double?)?
    let changes: @Sendable (Int) -> Bool

    init(
      _ state: DesiredState, pace: ManualPace,
      changes: @escaping @Sendable (Int) -> Bool = { _ in false },
      fault: @escaping @Sendable (Double) -> (Fault, opening: Double?)? = { _ in nil }
    ) {
      self.state = FollowedState(state, revision: "1")
      self.pace = pace
      self.changes = changes
      self.fault = fault
    }

    func fetch() async throws -> FollowedState {
      counts.withLock { $0.fetches += 1 }
      return state
    }

    func stored(_ instance: Instance, of state: FollowedState) async -> ControlTable.Stored {
      ControlTable.Stored()
    }

    func observe(_ instance: String, of state: FollowedState) async -> ObservationReport {
      let now = pace.now
      counts.withLock { $0.observed.append((instance, now)) }
      let fault = fault(now)
      return ObservationReport(
        instance: instance,
        outcome: fault.map { .failed($0.0) }
          ?? .stored(observedAt: Instant(secondsSince1970: Int(now))),
        collections: [], requests: 1, bytes: 1, waits: 0, duration: 0, opening: fault?.opening)
    }

    func apply(_ state: FollowedState) async throws -> ControllerOutcome {
      let count = counts.withLock { counts in
        counts.applies += 1
        counts.appliesAtOnce += 1
        counts.most = max(counts.most, counts.appliesAtOnce)
        return counts.applies
      }
      await Task.yield()
      counts.withLock { $0.appliesAtOnce -= 1 }
      return ControllerOutcome(commit: changes(count) ? "\(count)" : nil)
    }

    func credentialsMark() async -> String? { nil }
  }

  private static func state(_ count: Int) throws -> DesiredState {
    let documents = (0..<count).map {
      Declare.instance("okta-\($0)", of: "okta", source: "api: {}")
    }
    let declared = Declared(
      documents.joined(separator: "---\n"), catalog: Declare.connector("okta"))
    try #require(declared.state.instances.count == count, "\(declared.diagnostics)")
    return declared.state
  }

  /// Waits until the controller does nothing but wait for its clock.
  private static func idle(_ controller: Controller, _ pace: ManualPace) async {
    repeat {
      await pace.sleeping(1)
    } while await controller.table.instances.values.contains(where: \.isRunning)
    // It may still be taking what came of the last observation.
    await pace.sleeping(1)
  }

  /// Lets the controller run for so many seconds, a second at a time, each once everything of the one before is done.
  private static func run(
    _ controller: Controller, _ pace: ManualPace, for seconds: Int,
    _ each: (Int) async throws -> Void = { _ in }
  ) async throws {
    for second in 0..<seconds {
      await idle(controller, pace)
      try await each(second)
      pace.advance(by: 1)
    }
    await idle(controller, pace)
  }

  private static func with(
    _ work: RehearsedWork, settings: Controller.Settings = Controller.Settings(),
    _ body: (Controller) async throws -> Void
  ) async throws {
    let controller = Controller(
      settings, work: work, pace: work.pace,
      log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let running = Task { await controller.run() }
    try await body(controller)
    controller.end()
    await running.value
  }

  @Test(
    "an outage of ten minutes costs a vendor a few requests of each tenant, and passes by itself")
  func outage() async throws {
    let pace = ManualPace(now: 1_000_000)
    let work = RehearsedWork(
      try Self.state(20), pace: pace,
      fault: { now in
        now < 1_000_600 ? (Fault(.unreachable, "it does not answer"), opening: nil) : nil
      })
    try await Self.with(work) { controller in
      try await Self.run(controller, pace, for: 3_000)
      let table = await controller.table
      #expect(table.instances.values.allSatisfy { $0.condition.kind == .ready })
      let observed = work.counts.withLock { $0.observed }
      let during = observed.filter { $0.at < 1_000_600 }
      for name in table.instances.keys {
        let times = during.filter { $0.name == name }
        // Half a minute, one, two, four: the fifth is behind it.
        #expect((3...6).contains(times.count), "\(name): \(times.count)")
      }
      #expect(observed.count - during.count == 20)
    }
  }

  @Test("a storm of 429 is met as the vendor asks: nobody comes before the time")
  func storm() async throws {
    let pace = ManualPace(now: 1_000_000)
    let work = RehearsedWork(
      try Self.state(20), pace: pace,
      fault: { now in
        now < 1_000_900 ? (Fault(.throttled, "429"), opening: 1_000_900) : nil
      })
    try await Self.with(work) { controller in
      try await Self.run(controller, pace, for: 1_200)
      let observed = work.counts.withLock { $0.observed }
      #expect(observed.count == 40)
      #expect(observed.allSatisfy { $0.at < 1_000_030 || $0.at >= 1_000_900 })
    }
  }

  @Test("runs never overlap, and a quiet day makes none")
  func runs() async throws {
    let pace = ManualPace(now: 1_000_000)
    let work = RehearsedWork(try Self.state(5), pace: pace, changes: { $0 == 1 })
    try await Self.with(work) { controller in
      try await Self.run(controller, pace, for: 600) { second in
        // Somebody rings all the time.
        if second % 3 == 0 { controller.ring() }
      }
      #expect(work.counts.withLock { $0.most } == 1)
      #expect(await controller.metrics(version: "1").contains("plumb_commit_total 1\n"))
      let states = await (controller.isAlive, controller.isReady)
      #expect(states == (true, true))
    }
  }

  @Test("a loop that does not turn is not alive, whatever vendors do")
  func alive() async throws {
    let pace = ManualPace(now: 1_000_000)
    let work = RehearsedWork(try Self.state(1), pace: pace)
    let controller = Controller(
      Controller.Settings(), work: work, pace: pace,
      log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    #expect(await controller.isAlive)
    #expect(await !controller.isReady)
    pace.advance(by: 901)
    #expect(await !controller.isAlive)
  }
}
#endif
