internal import JSON
internal import Posture

/// What happened and does not last: drift, more that is affected, scores that fell.
extension NoticeMaker {
  func changes() -> [Notice] {
    var drifted: [[String]: [Change]] = [:]
    var joined: [[String]: [Change]] = [:]
    for change in comparison.changes {
      guard let instance = change.instance, let recommendation = change.recommendation else {
        continue
      }
      let key = [instance, recommendation]
      switch change.what {
      case .drift, .resource: drifted[key, default: []].append(change)
      case .affected(isJoining: true, _): joined[key, default: []].append(change)
      case .affectedCount(let from, let to) where to > from: joined[key, default: []].append(change)
      default: break
      }
    }
    return drifted.compactMap { self.drift($0.value) } + joined.compactMap { more($0.value) }
  }

  private func event(_ kind: Notice.Kind, _ topic: Settings.Topic, _ changes: [Change]) -> Notice? {
    guard let first = changes.first, let name = first.instance,
      let instance = comparison.after.instances[name], let recommendation = first.recommendation
    else { return nil }
    let told = index.result(of: first)
    var subject = Notice.Subject()
    subject.app = instance.app
    subject.instance = name
    subject.recommendation = recommendation
    // Another drift of the same setting is another event.
    subject.part = changes.map(Self.value).sorted().joined(separator: "\u{0}")
    var notice = Notice(
      kind, .event, of: subject, topics: [topic], impact: told?.impact,
      headline: headline(told?.title ?? recommendation, on: instance))
    notice.page = page(.instance(name), at: recommendation)
    describe(&notice, by: told)
    return notice
  }

  /// What changed, and to what; no count is among it.
  private static func value(_ change: Change) -> String {
    if case .affectedCount = change.what { return change.type.rawValue }
    return [
      change.type.rawValue, change.setting ?? "", change.resourceID ?? change.resource ?? "",
      change.to?.compactText ?? "",
    ].joined(separator: "\u{1}")
  }

  private func drift(_ changes: [Change]) -> Notice? {
    guard var notice = event(.drift, .drift, changes) else { return nil }
    notice.detail = NoticeText.listed(
      changes.map { change in
        let place = [change.resource, change.setting].compactMap(\.self).joined(separator: ", ")
        return "\(place): \(Phrases.reason(of: change))"
      })
    // What drifted need not fail: what there is to fix is told where it does.
    if index.result(of: changes[0])?.isOpen != true {
      notice.settings = []
      notice.affected = nil
      notice.remedy = []
    }
    return notice
  }

  private func more(_ changes: [Change]) -> Notice? {
    guard let first = changes.first, let result = index.result(of: first), result.isOpen,
      // A new failure says all of it.
      !index.urgencies.changes(of: result).contains(where: { $0.verdict == .notCompliant })
    else { return nil }
    guard var notice = event(.moreAffected, .moreAffected, changes) else { return nil }
    notice.detail = NoticeText.listed(
      changes.map { change in
        change.resource.map {
          "\(Words.resource(label: $0, id: change.resourceID)) is affected too"
        }
          ?? Phrases.reason(of: change)
      })
    return notice
  }

  func events() -> [Notice] {
    comparison.events.map { event in
      var subject = Notice.Subject()
      subject.initiative = event.initiative
      subject.part = event.metric
      let title = NoticeText.line(index.title(ofInitiative: event.initiative), 150)
      let metric = event.metric.map {
        ", \(NoticeText.line(index.title(ofMetric: $0, in: event.initiative), 80))"
      }
      var notice = Notice(
        .scoreDropped, .event, of: subject, topics: [.scoreDropped],
        headline: "\(title)\(metric ?? "")")
      notice.detail = "\(event.from.oneDecimal) → \(event.to.oneDecimal)"
      notice.page = page(.initiative(event.initiative))
      return notice
    }
  }
}
