package import Posture

/// Plans and lists for a terminal.
package enum TextReport {
  /// How it is shown.
  package struct Options: Sendable {
    /// Whether ANSI escape sequences give colour.
    package var colour: Bool
    /// The terminal's columns; nil when the output is no terminal: then nothing is wrapped or cut.
    package var width: Int?
    /// Whether everything is listed, however long.
    package var isVerbose: Bool
    /// Whether the plan ends with what to do about it; not while it is being done.
    package var tellsNextStep = true
    package var filter: PlanFilter

    package init(
      colour: Bool = false, width: Int? = nil, isVerbose: Bool = false,
      filter: PlanFilter = PlanFilter()
    ) {
      self.colour = colour
      self.width = width.map { max(40, $0) }
      self.isVerbose = isVerbose
      self.filter = filter
    }

    var page: TextPage { TextPage(colour: colour, width: width) }
  }

  /// The whole plan: what got worse first, then drift, declarations, scores, gaps, and what to do.
  package static func plan(_ plan: Plan, options: Options = Options()) -> String {
    var writer = PlanText(plan.comparison, of: plan, options: options)
    return writer.write(plan)
  }

  /// What applying a plan comes to: what was not believed or not seen, how the gates stand, and one line of figures. The plan
  /// itself was there to read before.
  package static func applied(_ plan: Plan, options: Options = Options()) -> String {
    if options.isVerbose { return self.plan(plan, options: options) }
    var writer = PlanText(plan.comparison, of: plan, options: options)
    return writer.writeApplied(plan)
  }
}

/// Writes a plan, or a comparison alone, section by section.
struct PlanText {
  let everything: Comparison
  /// What is shown of it.
  let shown: Comparison
  /// The plan that it is of; nil where two reports are compared.
  let plan: Plan?
  let index: PlanIndex
  let groups: ChangeGroups
  let options: TextReport.Options
  var page: TextPage

  init(_ comparison: Comparison, of plan: Plan? = nil, options: TextReport.Options) {
    everything = comparison
    self.plan = plan
    shown = options.filter.applied(to: comparison)
    index = PlanIndex(shown)
    groups = ChangeGroups(shown.changes)
    self.options = options
    page = options.page
  }

  mutating func write(_ plan: Plan) -> String {
    header(plan)
    if options.filter.onlyDrift { return driftAlone() }
    suspects()
    weakened()
    results()
    drift()
    control()
    exceptions()
    scores()
    imported()
    gaps()
    gates()
    work()
    summary(plan)
    return page.text
  }

  mutating func writeApplied(_ plan: Plan) -> String {
    suspects()
    scores()
    imported()
    gaps()
    gates()
    summary(plan, title: "Applied:")
    return page.text
  }

  /// The first plan is a screen: all of it is new, and what is to do stands at its end.
  var isBrief: Bool {
    guard let plan, !options.isVerbose else { return false }
    return plan.recordedRevision == nil && plan.base == nil
  }

  // MARK: Header

  private mutating func header(_ plan: Plan) {
    func reference(_ reference: DesiredReference) -> [TextSpan] {
      [
        TextSpan(reference.revision.map(Words.short) ?? "working tree", .bold),
        TextSpan(" (\(reference.path))", .dim),
      ]
    }
    page.line([TextSpan("Desired state  ")] + reference(plan.desired))
    if let base = plan.base {
      page.line([TextSpan("Compared with  ")] + reference(base))
    } else {
      page.line([
        TextSpan("Recorded       "),
        plan.recordedRevision.map { TextSpan(Words.short($0), .bold) }
          ?? TextSpan("nothing yet: this is the first plan"),
      ])
    }
    page.line([TextSpan("At             "), TextSpan(shown.at.description)])
    for (instance, origin) in plan.dataOrigins.sorted(by: { $0.key < $1.key }) {
      page.line([
        TextSpan("Data           "), TextSpan(instance, .bold), TextSpan(" \(origin.words)"),
      ])
    }
    legend()
  }

  mutating func legend() {
    let used = marksUsed
    guard !used.isEmpty else { return }
    page.blank()
    var spans: [TextSpan] = []
    for mark in used {
      spans += [mark.span, TextSpan(" \(mark.meaning)   ")]
    }
    page.line(spans, indent: 2)
  }

  private var marksUsed: [ChangeMark] {
    var used: Set<ChangeMark> = []
    for (_, changes) in groups.results.byInstance() {
      for entry in ResultEntry.of(changes, index: index) { used.insert(entry.mark) }
    }
    if isBrief { used.remove(.appeared) }
    for change in groups.drift {
      used.insert(change.mark)
    }
    if options.filter.onlyDrift { return ChangeMark.allCases.filter(used.contains) }
    if !groups.control.isEmpty || !groups.weakened.isEmpty
      || groups.exceptions.contains(where: { !$0.isPressing })
    {
      used.insert(.control)
    }
    if !Gaps.of(shown).isEmpty || !groups.gaps.isEmpty || !shown.events.isEmpty
      || shown.exceptions.contains(where: { $0.state != .active })
    {
      used.insert(.attention)
    }
    return ChangeMark.allCases.filter(used.contains)
  }

  /// What a tenant's settings did, with the gates that stop the run anyway.
  private mutating func driftAlone() -> String {
    suspects()
    drift()
    if plan?.failsGate == true { gates() }
    page.blank()
    let settings = groups.drift.count { $0.type == .drift }
    let resources = groups.drift.count - settings
    let instances = Set(groups.drift.compactMap(\.instance)).count
    let counts = [
      settings > 0 ? "\(Words.count(settings, "setting")) drifted" : nil,
      resources > 0 ? "\(Words.count(resources, "resource")) came or went" : nil,
    ].compactMap(\.self)
    page.line(
      groups.drift.isEmpty
        ? [TextSpan("No drift.", .bold)]
        : [
          TextSpan("Drift:", .bold),
          TextSpan(
            " \(counts.joined(separator: ", ")) on \(Words.count(instances, "instance"))."),
        ])
    return page.text
  }

  // MARK: End

  private mutating func summary(_ plan: Plan, title: String = "Plan:") {
    page.blank()
    let hidden = everything.changes.count - shown.changes.count
    let headline = Headline(shown)
    if headline.counts.isEmpty && hidden == 0 {
      let state =
        plan.base != nil
        ? "Both desired states give the same posture." : RenewalWords.state(of: plan)
      let scores = headline.scores.isEmpty ? "" : " \(headline.scores.joined(separator: ", "))."
      page.line([TextSpan("No changes.", .bold), TextSpan(" \(state)\(scores)")])
    } else {
      page.line([TextSpan(title, .bold), TextSpan(" \(headline.text).")])
    }
    if hidden > 0 {
      page.line("The filter hides \(Words.count(hidden, "other change")).", .dim)
    }
    if plan.base != nil {
      page.line("Two desired states were compared on the same observations.")
    } else if plan.wouldCommit {
      if options.tellsNextStep { page.line("Run 'plumb apply' to record this.") }
    }
  }
}
