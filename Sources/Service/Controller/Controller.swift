#if Service
package import Logging
package import Observation
internal import Posture
package import Reconciler
internal import YAML

/// The loop that keeps the reports true: fetches the desired state, observes the instances that are due, records.
///
/// One task decides, one event after the other, so that no two runs overlap; observations go on beside it. What is due when stands in
/// ``ControlTable``; what is done, in ``ControllerWork``.
package actor Controller {
  /// What the command line says.
  package struct Settings: Sendable {
    /// How often instances are observed.
    package var rhythm = ObservationRhythm()
    /// Seconds from one question to the remote to the next, moved by a tenth either way.
    package var poll = 300.0
    /// How many instances are observed at once.
    package var width = 8
    /// Seconds that running observations are given when the controller is to end.
    package var grace = 30.0
    /// Seconds that a finished observation waits at most for others before it is recorded.
    package var settling = 30.0

    package init() {}
  }

  enum Event: Sendable {
    case woken
    case rung
    case observed(ObservationReport)
    case ending
  }

  let settings: Settings
  let work: any ControllerWork
  let pace: any Pace
  let log: Logger
  private let events: AsyncStream<Event>
  private nonisolated let tell: AsyncStream<Event>.Continuation

  package internal(set) var table: ControlTable
  var desired: FollowedState?
  var figures = ControllerFigures()
  private var running: [String: Task<Void, Never>] = [:]
  private var timer: Task<Void, Never>?
  private var isEnding = false
  private var graceIsOver = false
  private var lastTick: Double
  private var nextPoll: Double
  /// Since when there is something to record; nil where there is nothing.
  private var unrecordedSince: Double?
  private var hasRecorded = false
  /// When recording is tried again after it failed.
  private var nextTry = 0.0
  private var failedRuns = 0
  private var fetchFault: String?
  private var credentialsMark: String?

  package init(
    _ settings: Settings, work: any ControllerWork, pace: any Pace = SystemPace(), log: Logger
  ) {
    self.settings = settings
    self.work = work
    self.pace = pace
    self.log = log
    table = ControlTable(settings.rhythm)
    (events, tell) = AsyncStream.makeStream()
    lastTick = pace.now
    nextPoll = pace.now
  }

  // MARK: Asked from outside

  /// Something may have been pushed.
  package nonisolated func ring() { tell.yield(.rung) }

  /// No new observation begins; running ones have their grace.
  package nonisolated func end() {
    log.info("asked to end")
    tell.yield(.ending)
  }

  /// Whether the loop turns: it did within three intervals of asking the remote.
  package var isAlive: Bool { pace.now - lastTick <= 3 * settings.poll }

  /// Whether a desired state was read, and the controller is not about to end.
  package var isReady: Bool { desired != nil && !isEnding }

  /// The branch that is followed; nil while it is not known.
  package var branch: String? { desired?.fetched?.branch }

  // MARK: The loop

  /// Turns until ``end()``; returns when what ran has ended, and is recorded or given up.
  package func run() async {
    credentialsMark = await work.credentialsMark()
    tell.yield(.woken)
    for await event in events {
      // When it wakes next is settled anew behind each event; once it ends, the timer is that of its grace.
      if !isEnding { timer?.cancel() }
      await take(event)
      if isEnding {
        if running.isEmpty { break }
        continue
      }
      await turn()
      wakeLater()
    }
    timer?.cancel()
    tell.finish()
    if unrecordedSince != nil, !graceIsOver { await record() }
    log.info("ended")
  }

  private func take(_ event: Event) async {
    lastTick = pace.now
    switch event {
    case .woken: break
    case .rung: nextPoll = pace.now
    case .observed(let report):
      running[report.instance] = nil
      unrecordedSince = unrecordedSince ?? pace.now
      let app = table.instances[report.instance]?.instance.app.value
      figures.count(report, app: app ?? "")
      say(table.end(report, now: pace.now, chance: pace.jitter()))
    case .ending:
      guard !isEnding else { break }
      isEnding = true
      log.info("ending", metadata: ["running": "\(running.count)"])
      timer?.cancel()
      giveGrace()
    }
  }

  /// Whatever still runs when its grace is over is given up; what it read so far is dropped.
  private func giveGrace() {
    timer = Task { [pace, settings] in
      try? await pace.sleep(seconds: settings.grace)
      guard !Task.isCancelled else { return }
      self.graceEnds()
    }
  }

  private func graceEnds() {
    graceIsOver = true
    running.values.forEach { $0.cancel() }
  }

  private func turn() async {
    await lookAtCredentials()
    if pace.now >= nextPoll { await fetch() }
    say(table.transitions(now: pace.now))
    observe()
    guard let since = unrecordedSince, pace.now >= nextTry else { return }
    if isSettled || pace.now - since >= settings.settling { await record() }
  }

  /// Whether nothing is under way that may as well be recorded with what there is. In the beginning those count too that begin soon: else
  /// the first report would say that nothing was observed yet.
  private var isSettled: Bool {
    guard running.isEmpty else { return false }
    guard !hasRecorded, let since = unrecordedSince else { return true }
    return !table.begins(until: since + settings.settling, now: pace.now)
  }

  private func lookAtCredentials() async {
    let mark = await work.credentialsMark()
    guard mark != credentialsMark else { return }
    credentialsMark = mark
    log.info("credentials changed")
    table.credentialsChanged(now: pace.now)
  }

  private func fetch() async {
    nextPoll = pace.now + settings.poll * (0.9 + 0.2 * pace.jitter())
    do {
      let state = try await work.fetch()
      if state.revision != desired?.revision {
        log.info("desired state", metadata: ["revision": "\(state.revision)"])
        var stored: [String: ControlTable.Stored] = [:]
        for instance in table.newcomers(among: state.state.instances) {
          stored[instance.name] = await work.stored(instance, of: state)
        }
        say(
          table.declare(state.state.instances, now: pace.now) {
            stored[$0.name] ?? ControlTable.Stored()
          })
      }
      desired = state
      if fetchFault != nil { log.info("desired state is read again") }
      fetchFault = nil
      // Time may have passed an exception, and somebody else may have recorded.
      unrecordedSince = unrecordedSince ?? pace.now
    } catch {
      let text = "\(error)"
      if text != fetchFault {
        log.error("desired state cannot be read", metadata: ["why": "\(text)"])
      }
      fetchFault = text
    }
  }

  private func observe() {
    guard let desired else { return }
    for name in table.begin(now: pace.now, most: settings.width - running.count) {
      running[name] = Task { [work, tell] in
        tell.yield(.observed(await work.observe(name, of: desired)))
      }
    }
  }

  private func record() async {
    guard let desired else { return }
    let began = pace.now
    do {
      let outcome = try await work.apply(desired)
      unrecordedSince = nil
      hasRecorded = true
      failedRuns = 0
      figures.count(outcome, seconds: pace.now - began)
      if let commit = outcome.commit {
        log.info(
          "recorded",
          metadata: ["commit": "\(commit)", "changes": "\(outcome.changes)"])
      } else {
        log.debug("nothing to record", metadata: ["revision": "\(desired.revision)"])
      }
      if let unpushed = outcome.unpushed {
        log.error("not pushed", metadata: ["why": "\(unpushed)"])
        retry()
      }
      say(table.planned(suspects: outcome.suspects, now: pace.now))
      for channel in outcome.told { say(channel) }
    } catch {
      figures.countFailure(seconds: pace.now - began)
      log.error("not recorded", metadata: ["why": "\(error)"])
      retry()
    }
  }

  /// What could not be recorded, or sent, is tried again: soon, then later and later.
  private func retry() {
    failedRuns += 1
    unrecordedSince = unrecordedSince ?? pace.now
    let bound = min(settings.poll, 10 * Double(1 << min(failedRuns, 10)))
    nextTry = pace.now + max(1, bound * pace.jitter())
  }

  private func wakeLater() {
    timer?.cancel()
    var next = nextPoll
    if running.count < settings.width, let run = table.nextRun(now: pace.now) {
      next = min(next, run)
    }
    if let since = unrecordedSince {
      next = min(next, max(nextTry, isSettled ? since : since + settings.settling))
    }
    let wait = max(0.01, next - pace.now)
    timer = Task { [pace, tell] in
      try? await pace.sleep(seconds: wait)
      if !Task.isCancelled { tell.yield(.woken) }
    }
  }

  private func say(_ channel: NotificationOutcome) {
    var metadata: Logger.Metadata = [
      "channel": "\(channel.channel)", "things": "\(channel.notices)",
    ]
    guard let failure = channel.failure else { return log.info("notified", metadata: metadata) }
    metadata["why"] = "\(failure.detail)"
    log.warning("not notified", metadata: metadata)
  }

  private func say(_ transitions: [ControlTable.Transition]) {
    for item in transitions {
      let isTrouble = item.now.kind == .stalled || item.now.kind == .suspect || item.failures > 0
      log.log(
        level: isTrouble ? .warning : .info, "condition",
        metadata: [
          "instance": "\(item.instance)", "app": "\(item.app)",
          "from": "\(item.before.kind.rawValue)", "to": "\(item.now.kind.rawValue)",
          "reason": "\(item.now.reason)", "why": "\(item.now.message)",
          "failures": "\(item.failures)",
        ])
    }
  }
}
#endif
