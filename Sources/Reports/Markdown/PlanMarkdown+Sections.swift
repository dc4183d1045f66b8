internal import JSON
internal import Posture

extension PlanMarkdown {
  /// What is not believed comes first.
  mutating func suspects() {
    let suspects = groups.gaps.filter { $0.type == .suspect }
    guard !suspects.isEmpty else { return }
    page.heading(3, "Suspect")
    bullets(
      "suspect instance", plural: "suspect instances",
      suspects.map { "**\(Phrases.subject(of: $0))** \(Words.declaration($0))" })
  }

  mutating func results() {
    guard !groups.results.isEmpty else { return }
    page.heading(3, "Recommendations")
    var assessments: [Markdown] = []
    var entries: [ResultEntry] = []
    for (name, changes) in groups.results.byInstance() {
      if let assessment = FirstAssessment(changes) {
        assessments.append("\(code: name): \(assessment.text)")
      }
      entries += ResultEntry.of(changes, index: index)
    }
    bullets("instance", plural: "instances", assessments)
    let isWorse: (ResultEntry) -> Bool = { $0.urgency <= .worse }
    group("Worse", entries.filter(isWorse))
    group("Better, or otherwise changed", entries.filter { !isWorse($0) })
  }

  private mutating func group(_ title: Markdown, _ entries: [ResultEntry]) {
    guard !entries.isEmpty else { return }
    page.paragraph("**\(title)**")
    table(
      "recommendation", plural: "recommendations",
      ["Impact", "Recommendation", "Instance", "Change", "Affected", ">Gain"],
      entries.sorted(by: ResultEntry.comesFirst), row: row)
  }

  private func row(_ entry: ResultEntry) -> [Markdown] {
    let resources = entry.resources.prefix(5).map { change -> String in
      let sign = change.type == .affectedAdded ? "+" : "−"
      let facts = entry.facts(of: change).map { " (\($0))" } ?? ""
      return change.resource.map { "\(sign) \($0)\(facts)" } ?? Phrases.reason(of: change)
    }
    let rest = entry.resources.count - resources.count
    let listed = resources.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    let extent = [
      entry.result?.verdict.facts.text(most: 3) ?? "", entry.result?.extent ?? "", listed,
    ].filter { !$0.isEmpty }.joined(separator: ": ")
    let gain = entry.result?.isOpen == true ? entry.result?.gain : nil
    var facts = [Words.transition(entry.change)]
    if entry.meaning == .lostSight || entry.change.type == .statusChanged {
      facts.append(Phrases.reason(of: entry.change))
    }
    if !entry.isDeclaredNew { facts.append(Words.of(entry.change.cause)) }
    return [
      "\(entry.result?.impact.rawValue ?? "–")",
      "\(entry.title, to: entry.result?.manage)", "\(cell: entry.instance)",
      "\(facts.joined(separator: ", "))",
      "\(extent)", gain.map { "\(raw: $0.points) \($0.initiative)" } ?? "",
    ]
  }

  mutating func drift() {
    guard !groups.drift.isEmpty else { return }
    page.heading(3, "Drift")
    let settings = groups.drift.filter { $0.type == .drift }
    table(
      "setting", plural: "settings",
      ["Instance", "Recommendation", "Resource", "Setting", "Before", "Now"],
      settings
    ) { change in
      let values = ValueMovement(from: change.from, to: change.to, longest: 200)
      return [
        "\(cell: change.instance ?? "")", "\(cell: change.recommendation ?? "")",
        "\(Words.resource(label: change.resource ?? "", id: change.resourceID))",
        "\(cell: change.setting ?? "")", "\(cell: values.before)", "\(cell: values.after)",
      ]
    }
    bullets(
      "resource", plural: "resources",
      groups.drift.filter { $0.type != .drift }.map { change in
        "\(code: change.instance ?? ""): \(Words.resource(label: change.resource ?? "", id: change.resourceID)) – \(Phrases.reason(of: change))"
      })
  }

  mutating func declarations() {
    let changes = groups.control + groups.exceptions
    let standing = index.standingExceptions
    guard !changes.isEmpty || !standing.isEmpty else { return }
    page.heading(3, "Control")
    bullets(
      "control change", plural: "control changes",
      changes.map { "**\(Phrases.subject(of: $0))** \(Words.declaration($0))" }
        + standing.map { "**exception \($0.exception.name)** \(Words.standing(of: $0))" })
  }

  mutating func events() {
    guard !shown.events.isEmpty else { return }
    page.heading(3, "Events")
    bullets(
      "event", plural: "events",
      shown.events.map { event in
        let text = EventText(event, index: index)
        return "**\(text.title)** \(text.sentence)"
      })
  }

  mutating func gaps() {
    let gaps = Gaps.of(shown)
    let restored = groups.gaps.filter(\.type.tellsSight)
    guard !gaps.isEmpty || !restored.isEmpty else { return }
    page.heading(3, "Gaps")
    bullets(
      "gap", plural: "gaps",
      gaps.flatMap { gap in
        gap.sentences.prefix(5).map { "\(code: gap.instance.name): \($0)" as Markdown }
      }
        + restored.map { change in
          "\(code: change.instance ?? ""): \(change.resource.map { "collection \($0), " } ?? "")\(Phrases.reason(of: change))"
        })
  }

  mutating func gates() {
    guard let gates = plan?.gates, !gates.isEmpty else { return }
    page.heading(3, "Gates")
    page.table(
      ["Gate", "Outcome", "Reason", "To pass"],
      gates.map { gate in
        [
          "\(cell: gate.name)", "\(raw: gate.outcome.words)", "\(Phrases.reason(of: gate))",
          "\(Phrases.remedy(of: gate) ?? "")",
        ]
      })
  }

  mutating func work() {
    let work = index.work
    guard !work.isEmpty else { return }
    page.heading(3, "What to do first")
    page.numbered(
      work.prefix(5).map { result in
        WorkText.item(
          result, title: "\(result.title, to: result.manage)", instance: "\(code: result.instance)")
      })
  }
}
