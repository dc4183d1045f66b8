internal import Posture
internal import Text
internal import YAML

/// What lasts beside recommendations: instances that are not seen, targets that are missed, exceptions that ran out.
extension NoticeMaker {
  /// What is not seen, or not believed, and what is again.
  ///
  /// What may pass by itself (nobody answers, everything is throttled) is a vendor's outage: one notice for the app,
  /// however many of its instances it takes. What somebody has to do something about is told of each instance.
  func gaps() -> [Notice] {
    let after = comparison.instances.map(\.state).filter(\.recommendations)
    var notices: [Notice] = []
    var outages: [String: [Snapshot.Instance]] = [:]
    for instance in after {
      let old = comparison.before.instances[instance.name].flatMap { $0.recommendations ? $0 : nil }
      let (was, now) = (Gap(old?.staleReason), Gap(instance.staleReason))
      if now == .suspect, was != .suspect {
        notices.append(instanceNotice(.suspect, .firing, instance))
      } else if was == .suspect, now != .suspect {
        notices.append(instanceNotice(.suspect, .resolved, instance))
      }
      if now == .outage, was == .seen || was == .suspect {
        outages[instance.app, default: []].append(instance)
      }
      if now == .act, was != .act {
        notices.append(instanceNotice(.unobserved, .firing, instance))
      }
      if now == .seen || now == .suspect, was == .act || was == .outage || was == .old {
        var notice = instanceNotice(.unobserved, .resolved, instance)
        notice.isEcho = was == .outage
        notices.append(notice)
      }
    }
    for (app, instances) in outages {
      // One that lasts is told already, whichever instance it takes next.
      let isKnown = comparison.before.instances.contains {
        $0.app == app && $0.recommendations && Gap($0.staleReason) == .outage
      }
      if !isKnown { notices.append(outage(app, .firing, instances)) }
    }
    return notices + ended(after)
  }

  /// The outages of which no instance is left.
  private func ended(_ after: [Snapshot.Instance]) -> [Notice] {
    let hidden = comparison.before.instances.filter {
      $0.recommendations && [.outage, .old].contains(Gap($0.staleReason))
    }
    let still = Set(
      after.filter { [.outage, .old].contains(Gap($0.staleReason)) }.map(\.app))
    return Dictionary(grouping: hidden, by: \.app).filter { !still.contains($0.key) }
      .map { app, instances in
        var notice = outage(app, .resolved, instances)
        notice.isEcho = !instances.contains { Gap($0.staleReason) == .outage }
        return notice
      }
  }

  private enum Gap {
    case seen, suspect, outage, act
    /// What is recorded grew too old, or nobody has looked.
    case old

    init(_ reason: StaleReason?) {
      guard let reason else {
        self = .seen
        return
      }
      if reason.suspicion != nil {
        self = .suspect
      } else if let fault = reason.fault {
        switch fault {
        case .unreachable, .throttled, .quotaSpent, .timedOut, .failed: self = .outage
        case .busy, .cancelled, .absent: self = .old
        default: self = .act
        }
      } else {
        self = .old
      }
    }
  }

  private func instanceNotice(
    _ kind: Notice.Kind, _ state: Notice.State, _ instance: Snapshot.Instance
  ) -> Notice {
    var subject = Notice.Subject()
    subject.app = instance.app
    subject.instance = instance.name
    var notice = Notice(
      kind, state, of: subject, topics: [kind == .suspect ? .suspect : .unobserved],
      headline: name(of: instance))
    notice.page = page(.instance(instance.name), at: state == .resolved ? nil : "gaps")
    if state == .resolved {
      notice.detail = "It is seen again"
    } else {
      notice.detail = instance.staleReason.map { NoticeText.line(Phrases.text(of: $0), 300) }
      notice.remedy = [
        kind == .suspect
          ? "Look whether the tenant is as it is reported; 'plumb apply --force' takes the observation. Until then the recorded results stand."
          : "See to what the reason names; the next run observes again. Until then the recorded results stand."
      ]
    }
    return notice
  }

  private func outage(
    _ app: String, _ state: Notice.State, _ instances: [Snapshot.Instance]
  ) -> Notice {
    var subject = Notice.Subject()
    subject.app = app
    let title = instances.lazy.compactMap(\.appTitle).first ?? app
    var notice = Notice(
      .outage, state, of: subject, topics: [.unobserved], headline: NoticeText.line(title, 80))
    notice.page = page(.overview)
    let names = instances.map(\.name).sorted()
    if state == .resolved {
      notice.detail = "It is seen again"
    } else {
      notice.detail = instances.min { $0.name < $1.name }?.staleReason.map {
        NoticeText.line(Phrases.text(of: $0), 300)
      }
      notice.affected = NoticeText.line(names.listed(atMost: 10), 400)
      notice.remedy = [
        "It may pass by itself: the next run tries again. Until then the recorded results stand."
      ]
    }
    return notice
  }

  // MARK: Targets

  func initiatives() -> [Notice] {
    let before = comparison.before.scores
    let now = comparison.initiatives.compactMap { item -> Notice? in
      let (was, isNow) = (Self.misses(before[item.name]), Self.misses(item.score))
      guard was != isNow else { return nil }
      return target(item.score, isNow ? .firing : .resolved)
    }
    let names = Set(comparison.initiatives.map(\.name))
    let gone = before.filter { !names.contains($0.name) && Self.misses($0) }
    return now + gone.map { target($0, .resolved, "It is not tracked any more") }
  }

  private static func misses(_ score: InitiativeScore?) -> Bool {
    guard let score, let value = score.score else { return false }
    return value < Fraction(score.definition.targetScore)
  }

  private func target(
    _ score: InitiativeScore, _ state: Notice.State, _ detail: String? = nil
  ) -> Notice {
    var subject = Notice.Subject()
    subject.initiative = score.name
    var notice = Notice(
      .targetMissed, state, of: subject, topics: [.targetMissed],
      headline: NoticeText.line(score.definition.title, 150))
    notice.detail =
      detail
      ?? "The score is \(Words.of(score.score)), the target \(score.definition.targetScore)"
    notice.page = page(.initiative(score.name))
    return notice
  }

  // MARK: Exceptions

  func exceptions() -> [Notice] {
    let (before, after) = (comparison.before.exceptions, comparison.after.exceptions)
    let gone = before.filter { after[$0.name] == nil }.flatMap { old in
      transitions(old.name, from: old.state, to: nil)
    }
    return gone
      + after.flatMap { transitions($0.name, from: before[$0.name]?.state, to: $0.state) }
  }

  private func transitions(
    _ name: String, from old: Snapshot.Exception.State?, to new: Snapshot.Exception.State?
  ) -> [Notice] {
    let kinds: [(Snapshot.Exception.State, Notice.Kind, Settings.Topic)] = [
      (.expired, .exceptionExpired, .exceptionExpired),
      (.expiringSoon, .exceptionExpiringSoon, .exceptionExpiringSoon),
    ]
    return kinds.compactMap { state, kind, topic in
      guard (old == state) != (new == state) else { return nil }
      return exception(name, kind, topic, isOver: old == state)
    }
  }

  private func exception(
    _ name: String, _ kind: Notice.Kind, _ topic: Settings.Topic, isOver: Bool
  ) -> Notice {
    var subject = Notice.Subject()
    subject.exception = name
    var notice = Notice(
      kind, isOver ? .resolved : .firing, of: subject, topics: [topic], headline: name)
    notice.page = page(.exceptions, at: name)
    guard !isOver, let plan = comparison.exceptions.first(where: { $0.exception.name == name })
    else { return notice }
    notice.detail = NoticeText.line(Words.standing(of: plan), 200)
    notice.affected = NoticeText.line(
      plan.exception.recommendations.map(\.value).listed(atMost: 5) + ", on "
        + plan.instances.listed(atMost: 5), 400)
    notice.remedy = [
      "Renew it with 'plumb except', or fix what it covers and delete the document."
    ]
    return notice
  }
}
