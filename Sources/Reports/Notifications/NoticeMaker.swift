package import Posture

/// Finds what began, what is over and what happened between what was recorded and what stands: transitions alone.
package struct NoticeMaker {
  let comparison: Comparison
  let index: PlanIndex
  let folder: String

  /// - Parameter folder: The folder of the reports, relative to the repository's root.
  package init(_ comparison: Comparison, folder: String) {
    self.comparison = comparison
    self.folder = folder
    index = PlanIndex(comparison)
  }

  /// What there is to tell, worst first.
  package func notices() -> [Notice] {
    let notices =
      results() + changes() + gaps() + initiatives() + exceptions() + events()
    // Ranks and keys are made once.
    let ranked = notices.map { (notice: $0, rank: $0.rank, place: place(of: $0)) }
    return ranked.indices.sorted { first, second in
      let (left, right) = (ranked[first], ranked[second])
      if left.rank != right.rank { return left.rank.lexicographicallyPrecedes(right.rank) }
      if left.place != right.place {
        return left.place.lexicographicallyPrecedes(right.place)
      }
      return left.notice.key < right.notice.key
    }.map { ranked[$0].notice }
  }

  private func place(of notice: Notice) -> [String] {
    notice.subject.names.map(\.1) + [notice.subject.part ?? ""]
  }

  // MARK: Recommendations

  /// What somebody is asked to do something about.
  private static func isFailing(_ result: Snapshot.Result?) -> Bool {
    result?.decision.compliance == .notCompliant && result?.status == .toAddress
  }

  private func results() -> [Notice] {
    let before = comparison.before.instances
    let gone = before.filter { comparison.after.instances[$0.name] == nil }.flatMap { old in
      old.recommendations ? old.results.compactMap { resolved($0, on: old, now: nil) } : []
    }
    return gone
      + comparison.after.instances.flatMap { instance -> [Notice] in
        let old = before[instance.name].flatMap { $0.recommendations ? $0.results : nil }
        let new = instance.recommendations ? instance.results : nil
        var notices = (new.map(Array.init) ?? []).flatMap { result in
          transitions(of: result, from: old?[result.name], on: instance)
        }
        for earlier in old.map(Array.init) ?? [] where new?[earlier.name] == nil {
          if let notice = resolved(earlier, on: before[instance.name] ?? instance, now: nil) {
            notices.append(notice)
          }
        }
        return notices
      }
  }

  private func transitions(
    of result: Snapshot.Result, from old: Snapshot.Result?, on instance: Snapshot.Instance
  ) -> [Notice] {
    let (was, isNow) = (Self.isFailing(old), Self.isFailing(result))
    if !was, isNow { return [failing(result, from: old, on: instance)] }
    if was, isNow, let old, Impact(points: old.points) != Impact(points: result.points) {
      // Whoever files it by severity has it under another name.
      var again = failing(result, from: old, on: instance)
      again.isEcho = true
      return [resolved(old, on: instance, now: nil, isEcho: true), again].compactMap(\.self)
    }
    guard !isNow, let old, result.decision.compliance != .unknown else { return [] }
    if was { return [resolved(old, on: instance, now: result)].compactMap(\.self) }
    // What failed before it was lost sight of may still stand as failing elsewhere.
    return old.decision.compliance == .unknown
      ? [resolved(old, on: instance, now: result, isEcho: true)].compactMap(\.self) : []
  }

  private func subject(_ instance: Snapshot.Instance, _ recommendation: String) -> Notice.Subject {
    var subject = Notice.Subject()
    subject.app = instance.app
    subject.instance = instance.name
    subject.recommendation = recommendation
    return subject
  }

  /// `Require multifactor authentication, on Okta Contoso EU (okta-contoso-eu)`.
  func headline(_ title: String, on instance: Snapshot.Instance) -> String {
    "\(NoticeText.line(title, 150)), on \(name(of: instance))"
  }

  /// `Okta Contoso EU (okta-contoso-eu)`.
  func name(of instance: Snapshot.Instance) -> String {
    let shown = index.instance(instance.name)?.displayName ?? instance.displayName
    return shown == instance.name
      ? instance.name : "\(NoticeText.line(shown, 80)) (\(instance.name))"
  }

  private func failing(
    _ result: Snapshot.Result, from old: Snapshot.Result?, on instance: Snapshot.Instance
  ) -> Notice {
    let told = index.result(on: instance.name, of: result.name)
    var notice = Notice(
      .notCompliant, .firing, of: subject(instance, result.name),
      topics: [old == nil ? .newNotCompliant : .regressed],
      impact: told?.impact ?? Impact(points: result.points),
      headline: headline(result.title, on: instance))
    notice.filedImpact = Impact(points: result.points)
    notice.page = page(.instance(instance.name), at: result.name)
    describe(&notice, by: told)
    return notice
  }

  /// Says what was found, what was expected, and how to fix it.
  func describe(_ notice: inout Notice, by told: RecommendationResult?) {
    guard let told else { return }
    let changes = index.urgencies.changes(of: told)
    if let instance = index.instance(told.instance), let recommendation = told.recommendation {
      let finding = Finding(
        result: told, recommendation: recommendation, instance: instance,
        urgency: index.urgencies.urgency(of: told), changes: changes)
      notice.detail = finding.newsText.map { NoticeText.line($0, 200) }
      notice.affected = finding.affectedText(most: 5).map { NoticeText.line($0, 400) }
      notice.remedy = NoticeText.lines(recommendation.remediation)
    }
    notice.settings = NoticeText.settings(of: told)
    notice.console = told.manage.flatMap(Escaping.linkTarget)
  }

  private func resolved(
    _ old: Snapshot.Result, on instance: Snapshot.Instance, now result: Snapshot.Result?,
    isEcho: Bool = false
  ) -> Notice? {
    guard isEcho || Self.isFailing(old) else { return nil }
    let told = index.result(on: instance.name, of: old.name)
    var notice = Notice(
      .notCompliant, .resolved, of: subject(instance, old.name),
      topics: [.regressed, .newNotCompliant], impact: told?.impact ?? Impact(points: old.points),
      headline: headline(old.title, on: instance))
    notice.filedImpact = Impact(points: old.points)
    notice.isEcho = isEcho
    if let result {
      notice.page = page(.instance(instance.name), at: result.name)
      notice.detail =
        result.decision.compliance == .notCompliant
        ? result.status.map { status in
          "It is \(Words.of(status))"
            + (result.exception.map { " by exception \($0)" } ?? "")
        } : "It is \(Words.of(result.decision.compliance)) now"
    } else {
      notice.detail = "It is not assessed any more"
    }
    return notice
  }

  // MARK: Pages

  func page(_ page: TreePage, at anchor: String? = nil) -> String {
    let place = TreePage.overview.address(of: page, at: anchor)
    return folder.isEmpty ? place : "\(folder)/\(place)"
  }
}
