internal import Posture

extension PlanText {
  // MARK: Recommendations

  mutating func results() {
    guard !groups.results.isEmpty else { return }
    page.heading("Recommendations")
    for (name, changes) in groups.results.byInstance() {
      let assessment = FirstAssessment(changes)
      instanceLine(name, assessment: isBrief ? assessment : nil)
      if let assessment, !isBrief { page.line(assessment.text, .dim, indent: 4) }
    }
    page.blank()
    // What changed is told whole up to a bound; of what is only new, the most important.
    var room =
      options.isVerbose ? (new: Int.max, others: Int.max) : (new: isBrief ? 0 : 20, others: 100)
    var left = 0
    for entry in ResultEntry.ofAll(groups.results, index: index) {
      let isNew = entry.meaning == .appeared
      guard isNew ? room.new > 0 : room.others > 0 else {
        left += 1
        continue
      }
      if isNew { room.new -= 1 } else { room.others -= 1 }
      self.entry(entry)
    }
    if left > 0 {
      page.line(
        isBrief ? "'plumb show' lists all of them." : "and \(left) more: plumb show", .dim,
        indent: 2)
    }
    page.blank()
  }

  private mutating func instanceLine(
    _ name: String, withScore: Bool = true, assessment: FirstAssessment? = nil
  ) {
    guard let instance = index.instance(name) else {
      page.line(name, .bold, indent: 2)
      return
    }
    var spans = [TextSpan(name, .bold), TextSpan(" (\(instance.appTitle))")]
    if withScore, let score = instance.card.score {
      spans.append(TextSpan("  score "))
      spans.append(movement(from: instance.before, to: score))
    }
    if let assessment { spans.append(TextSpan(" · \(assessment.failures)", .dim)) }
    page.line(spans, indent: 2, hanging: 2)
  }

  private mutating func entry(_ entry: ResultEntry) {
    let impact = entry.result?.impact.rawValue ?? ""
    let padding = String(repeating: " ", count: max(0, 6 - impact.count))
    page.line(
      [
        entry.mark.span,
        TextSpan(
          " \(impact)\(padding) ", entry.result.map { .of($0.impact) } ?? .dim),
        TextSpan(entry.title),
      ], indent: 2, hanging: 9)
    var facts = ["\(entry.recommendation) on \(entry.instance)"]
    // That a first assessment's entries are new and not compliant stands above them.
    if !entry.isDeclaredNew { facts.append(Words.transition(entry.change)) }
    if let extent = entry.result?.extent { facts.append(extent) }
    for other in entry.others {
      facts.append("\(Words.transition(other)) (\(Phrases.reason(of: other)))")
    }
    if entry.change.type == .statusChanged { facts.append(Phrases.reason(of: entry.change)) }
    if entry.meaning == .lostSight { facts.append(Phrases.reason(of: entry.change)) }
    if !entry.isDeclaredNew { facts.append(Words.of(entry.change.cause)) }
    if let gain = entry.result?.gain, entry.result?.isOpen == true {
      facts.append("\(gain.points) \(gain.initiative)")
    }
    if entry.meaning == .appeared || entry.meaning == .regressed,
      let status = entry.result?.status, status != .toAddress
    {
      facts.append(status.rawValue)
    }
    page.line([TextSpan(facts.joined(separator: " · "), .dim)], indent: 11)
    if entry.meaning != .resolved {
      for fact in (entry.result?.verdict.facts ?? []).prefix(options.isVerbose ? Int.max : 5) {
        page.line([TextSpan(fact.text())], indent: 11, hanging: 2)
      }
    }
    resources(entry)
  }

  private mutating func resources(_ entry: ResultEntry) {
    let limit = options.isVerbose ? Int.max : 10
    for change in entry.resources.prefix(limit) {
      let isAdded = change.type == .affectedAdded
      let words =
        change.resource.map { label in
          Words.resource(label: label, id: change.resourceID) + " "
        } ?? ""
      page.line(
        [
          isAdded ? ChangeMark.regressed.span : ChangeMark.resolved.span,
          TextSpan(" \(words)\(Phrases.reason(of: change))"),
          TextSpan(entry.facts(of: change).map { " · \($0)" } ?? "", .dim),
        ], indent: 11, hanging: 2)
    }
    if entry.resources.count > limit {
      page.line("and \(entry.resources.count - limit) more resources", .dim, indent: 13)
    }
  }

  // MARK: Drift

  mutating func drift() {
    guard !groups.drift.isEmpty else { return }
    page.heading("Drift")
    for (name, changes) in groups.drift.byInstance() {
      instanceLine(name, withScore: false)
      let limit = options.isVerbose ? Int.max : 50
      var last = ""
      for change in changes.prefix(limit) {
        let resource = Words.resource(label: change.resource ?? "", id: change.resourceID)
        if change.type == .drift {
          let subject = [change.recommendation ?? "", resource].filter { !$0.isEmpty }
            .joined(separator: " · ")
          if subject != last {
            page.line(
              [ChangeMark.changed.span, TextSpan(" \(subject)")], indent: 4, hanging: 4)
          }
          last = subject
          let values = ValueMovement(from: change.from, to: change.to, longest: 120)
          page.line(
            [
              TextSpan("\(change.setting ?? ""): "), TextSpan(values.before, .red),
              TextSpan(" → "), TextSpan(values.after, .green),
            ], indent: 8, hanging: 2)
        } else {
          page.line(
            [
              change.mark.span, TextSpan(" \(resource)"),
              TextSpan(" · \(Phrases.reason(of: change))", .dim),
            ],
            indent: 4, hanging: 4)
        }
      }
      if changes.count > limit {
        page.line("and \(changes.count - limit) more: add --verbose", .dim, indent: 4)
      }
      page.blank()
    }
  }

  // MARK: Declarations

  /// What a pull request weakens stands first, with what it takes out of sight.
  mutating func weakened() {
    guard let weakening = plan?.weakening, !groups.weakened.isEmpty else { return }
    page.heading("Weakened")
    for change in groups.weakened {
      declaration(change)
      if let hides = change.hides {
        page.line([TextSpan("hides: \(Phrases.text(of: hides))", .dim)], indent: 4, hanging: 2)
      }
    }
    page.line(
      weakening.isAccepted
        ? "Let through with --accept-less \(weakening.digest)."
        : "A maintainer who agrees lets just this through: --accept-less \(weakening.digest)",
      indent: 2)
  }

  mutating func control() {
    guard !groups.control.isEmpty else { return }
    page.heading("Control")
    if isBrief {
      return page.line(
        [
          ChangeMark.control.span,
          TextSpan(" \(Words.count(groups.control.count, "declaration")), all of them new"),
        ], indent: 2)
    }
    for change in groups.control { declaration(change) }
  }

  private mutating func declaration(_ change: Change) {
    page.line(
      [
        change.isPressing ? ChangeMark.attention.span : ChangeMark.control.span,
        TextSpan(" \(Phrases.subject(of: change))", .bold),
        TextSpan(" \(Words.declaration(change))"),
      ], indent: 2, hanging: 2)
  }

  /// What changed of exceptions, and those that want a decision, changed or not.
  mutating func exceptions() {
    let standing = index.standingExceptions
    guard !groups.exceptions.isEmpty || !standing.isEmpty else { return }
    page.heading("Exceptions")
    if isBrief {
      let declared = groups.exceptions.count { !$0.isPressing }
      if declared > 0 {
        page.line(
          [
            ChangeMark.control.span,
            TextSpan(" \(Words.count(declared, "exception")) declared: plumb show exceptions"),
          ], indent: 2)
      }
    }
    for change in groups.exceptions where !isBrief || change.isPressing { declaration(change) }
    for item in standing {
      page.line(
        [
          ChangeMark.attention.span, TextSpan(" exception \(item.exception.name)", .bold),
          TextSpan(" \(Words.standing(of: item))"),
        ], indent: 2, hanging: 2)
    }
  }

  // MARK: Parts

  /// A score and where it came from: green up, red down.
  func movement(from before: Fraction?, to after: Fraction?) -> TextSpan {
    let text = Words.movement(from: before, to: after)
    guard let before, let after, before.oneDecimal != after.oneDecimal else {
      return TextSpan(text)
    }
    return TextSpan(text, after < before ? .red : .green)
  }
}

extension ResultEntry {
  var mark: ChangeMark {
    switch meaning {
    case .regressed, .worse: .regressed
    case .appeared: .appeared
    case .resolved: .resolved
    case .lostSight: .attention
    case .changed: .changed
    case .removed: .gone
    }
  }
}
