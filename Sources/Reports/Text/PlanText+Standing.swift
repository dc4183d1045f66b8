internal import Posture

extension PlanText {
  // MARK: Scores

  mutating func scores() {
    guard !shown.initiatives.isEmpty else { return }
    page.heading("Scores")
    let fallen = Set(shown.events.map { [$0.initiative, $0.metric] })
    func mark(_ initiative: String, _ metric: String? = nil) -> TextSpan {
      fallen.contains([initiative, metric]) ? ChangeMark.attention.span : TextSpan("")
    }
    var table = TextTable([
      .init(title: "", rank: 3), .init(title: "INITIATIVE", isFlexible: true),
      .init(title: "SCORE", isRightAligned: true),
      .init(title: "TARGET", isRightAligned: true),
      .init(title: "COVERAGE", isRightAligned: true),
      .init(title: "PLANNED", isRightAligned: true, rank: 2),
      .init(title: "ACHIEVABLE", isRightAligned: true, rank: 1),
    ])
    for initiative in shown.initiatives {
      let score = initiative.score
      let isBelow = score.score.map { $0 < Fraction(score.definition.targetScore) } ?? false
      table.add([
        mark(initiative.name), TextSpan(score.definition.title, .bold),
        movement(from: initiative.before, to: score.score),
        TextSpan("\(score.definition.targetScore)", isBelow ? .yellow : .green),
        TextSpan(score.coverage.percentage.map { "\($0.oneDecimal) %" } ?? "–"),
        TextSpan(Words.of(score.plannedScore)), TextSpan(Words.of(score.achievableScore)),
      ])
      for metric in score.metrics {
        let before = initiative.metricsBefore[metric.definition.name]
        let moved = before != nil && before?.oneDecimal != metric.card.score?.oneDecimal
        guard moved || options.isVerbose else { continue }
        table.add([
          mark(initiative.name, metric.definition.name),
          TextSpan("  \(metric.definition.title)"), movement(from: before, to: metric.card.score),
          TextSpan("(\(metric.definition.weight.rawValue))", .dim),
          TextSpan(metric.card.coverage.percentage.map { "\($0.oneDecimal) %" } ?? "–"),
          TextSpan(Words.of(metric.card.plannedScore)),
          TextSpan(Words.of(metric.card.achievableScore)),
        ])
      }
    }
    page.table(table, indent: 2)
    if !fallen.isEmpty {
      page.line("! fell by the scoreDropThreshold of the settings, or more", .dim, indent: 2)
    }
    let coverages = shown.initiatives.compactMap(\.score.coverage.percentage)
    if coverages.contains(where: { $0 < Fraction(100) }) {
      page.line("Coverage below 100 %: what is unknown earns nothing.", .dim, indent: 2)
    }
  }

  // MARK: Gaps and gates

  /// What is not believed comes first: everything below is as it was recorded.
  mutating func suspects() {
    let suspects = groups.gaps.filter { $0.type == .suspect }
    guard !suspects.isEmpty else { return }
    page.heading("Suspect")
    for change in suspects {
      page.line(
        [
          ChangeMark.attention.span, TextSpan(" \(Phrases.subject(of: change))", .bold),
          TextSpan(" \(Words.declaration(change))"),
        ], indent: 2, hanging: 2)
    }
  }

  mutating func gaps() {
    let gaps = Gaps.of(shown)
    let restored = groups.gaps.filter(\.type.tellsSight)
    guard !gaps.isEmpty || !restored.isEmpty else { return }
    page.heading("Gaps")
    for gap in gaps {
      page.line(
        [
          ChangeMark.attention.span, TextSpan(" \(gap.instance.name)", .bold),
          TextSpan(" (\(gap.instance.appTitle))"),
        ], indent: 2)
      let most = options.isVerbose ? Int.max : isBrief ? 1 : 2
      for sentence in gap.sentences(most: most) {
        page.line([TextSpan(sentence)], indent: 4, hanging: 2)
      }
    }
    for change in restored {
      let collection = change.resource.map { ", collection \($0)" } ?? ""
      page.line(
        [
          (change.type == .sourceChanged ? ChangeMark.changed : .resolved).span,
          TextSpan(" \(change.instance ?? "")\(collection)", .bold),
          TextSpan(" \(Phrases.reason(of: change))"),
        ], indent: 2, hanging: 2)
    }
  }

  mutating func gates() {
    guard let gates = plan?.gates, !gates.isEmpty else { return }
    page.heading("Gates")
    // Those that hold have nothing to ask for; a name says what they are about.
    let passed = options.isVerbose ? [] : gates.filter { $0.outcome == .passed }
    for gate in gates where options.isVerbose || gate.outcome != .passed {
      let style: TextStyle =
        switch gate.outcome {
        case .passed: .green
        case .warned: .yellow
        case .failed: .red
        case .notJudged: gate.stops ? .red : .yellow
        }
      page.line(
        [
          TextSpan(gate.outcome.words, style), TextSpan(" \(gate.name)", .bold),
          TextSpan(whole: " \(Phrases.reason(of: gate))"),
        ], indent: 2, hanging: 2)
      if let remedy = Phrases.remedy(of: gate) {
        page.line([TextSpan("to pass: \(remedy)", .dim)], indent: 4, hanging: 2)
      }
    }
    if !passed.isEmpty {
      page.line(
        [
          TextSpan(Gate.Outcome.passed.words, .green),
          TextSpan(" " + passed.map(\.name).joined(separator: ", ")),
        ], indent: 2, hanging: 2)
    }
  }

  // MARK: Work

  mutating func work() {
    let work = index.work
    guard !work.isEmpty else { return }
    page.heading("What to do first")
    for (number, result) in work.prefix(isBrief ? 3 : 5).enumerated() {
      page.line(
        [
          TextSpan("\(number + 1). ", .dim), TextSpan(result.title, .bold),
          TextSpan(" on \(result.instance)"),
        ], indent: 2, hanging: 3)
      var facts = [
        result.gain.map { "\($0.points) \($0.initiative)" } ?? "in no initiative"
      ]
      if let extent = result.extent { facts.append(extent) }
      facts += result.effort
      page.line(
        [
          TextSpan(result.impact.rawValue, .of(result.impact)),
          TextSpan(" · " + facts.joined(separator: " · "), .dim),
        ], indent: 5)
      if let manage = result.manage {
        page.line([TextSpan(manage, .cyan)], indent: 5)
      }
    }
  }
}

/// An event in words.
struct EventText {
  let title: String
  let sentence: String

  init(_ event: Event, index: PlanIndex) {
    let initiative = index.title(ofInitiative: event.initiative)
    title =
      event.metric.map { "\(initiative), \(index.title(ofMetric: $0, in: event.initiative))" }
      ?? initiative
    let fall = (event.from - event.to).oneDecimal
    sentence = "fell by \(fall) points: \(event.from.oneDecimal) → \(event.to.oneDecimal)"
  }
}
