internal import JSON
internal import Posture

extension PlanMarkdown {
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
    // The order within an instance is kept.
    let meanings: [(ResultEntry.Meaning, String, String)] = [
      (.regressed, "regressed recommendation", "regressed recommendations"),
      (.appeared, "new recommendation that is not met", "new recommendations that are not met"),
      (.lostSight, "recommendation lost from sight", "recommendations lost from sight"),
      (.resolved, "resolved recommendation", "resolved recommendations"),
      (.changed, "other changed recommendation", "other changed recommendations"),
      (.removed, "removed recommendation", "removed recommendations"),
    ]
    for (meaning, noun, plural) in meanings {
      let rows = entries.filter { $0.meaning == meaning }.map(row)
      if rows.isEmpty { continue }
      page.paragraph("**\(raw: Words.count(rows.count, noun, plural: plural))**")
      table(
        noun, plural: plural,
        ["Impact", "Recommendation", "Instance", "Change", "Affected", ">Gain"], rows)
    }
  }

  private func row(_ entry: ResultEntry) -> [Markdown] {
    let resources = entry.resources.prefix(5).map { change -> String in
      let sign = change.type == .affectedAdded ? "+" : "−"
      return change.resource.map { "\(sign) \($0)" } ?? change.reason
    }
    let rest = entry.resources.count - resources.count
    let listed = resources.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    let extent = [entry.result?.extent ?? "", listed].filter { !$0.isEmpty }
      .joined(separator: ": ")
    let gain = entry.result?.isOpen == true ? entry.result?.gain : nil
    let reason = entry.meaning == .lostSight || entry.change.type == .statusChanged
    return [
      "\(entry.result?.recommendation.impact.rawValue ?? "–")",
      "\(entry.title, to: entry.result?.manage)", "\(cell: entry.instance)",
      "\(Words.transition(entry.change)), \(reason ? entry.change.reason + ", " : "")\(Words.of(entry.change.cause))",
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
      settings.map { change in
        [
          "\(cell: change.instance ?? "")", "\(cell: change.recommendation ?? "")",
          "\(Words.resource(label: change.resource ?? "", id: change.resourceID))",
          "\(cell: change.setting ?? "")", DriftTable.value(change.from),
          DriftTable.value(change.to),
        ]
      })
    bullets(
      "resource", plural: "resources",
      groups.drift.filter { $0.type != .drift }.map { change in
        "\(code: change.instance ?? ""): \(Words.resource(label: change.resource ?? "", id: change.resourceID)) – \(change.reason)"
      })
  }

  mutating func declarations() {
    let changes = groups.control + groups.exceptions
    let told = Set(groups.exceptions.filter(\.isPressing).compactMap(\.exception))
    let standing = plan.exceptions.filter {
      $0.state != .active && !told.contains($0.exception.name)
    }
    guard !changes.isEmpty || !standing.isEmpty else { return }
    page.heading(3, "Control")
    let items: [Markdown] = changes.map { change in
      let state =
        change.isPressing
        ? change.to?.string.flatMap(ExceptionPlan.State.init).map { "\(Words.of($0)): " } : nil
      return "\(Words.subject(of: change)): \(state ?? "")\(Words.declaration(change))"
    }
    bullets(
      "control change", plural: "control changes",
      items
        + standing.map { item in
          let day = item.exception.expires.map { ", last day \($0)" } ?? ""
          return
            "exception \(item.exception.name): still \(Words.of(item.state))\(day), owner \(item.exception.owner)"
        })
  }

  mutating func events() {
    guard !plan.events.isEmpty else { return }
    page.heading(3, "Events")
    bullets(
      "event", plural: "events",
      plan.events.map { event in
        let text = EventText(event, index: index)
        return "**\(text.title)** \(text.sentence)"
      })
  }

  mutating func gaps() {
    let gaps = Gaps.of(plan)
    let restored = groups.gaps.filter {
      $0.type == .observationRestored || $0.type == .collectionRestored
    }
    guard !gaps.isEmpty || !restored.isEmpty else { return }
    page.heading(3, "Gaps")
    bullets(
      "gap", plural: "gaps",
      gaps.flatMap { gap in
        gap.sentences.prefix(5).map { "\(code: gap.instance.name): \($0)" as Markdown }
      }
        + restored.map { change in
          "\(code: change.instance ?? ""): \(change.resource.map { "collection \($0), " } ?? "")\(change.reason)"
        })
  }

  mutating func gates() {
    guard !plan.gates.isEmpty else { return }
    page.heading(3, "Gates")
    page.table(
      ["Gate", "Outcome", "Reason"],
      plan.gates.map { gate in
        ["\(cell: gate.name)", "\(raw: gate.outcome.rawValue)", "\(gate.reason)"]
      })
  }

  mutating func work() {
    let work = index.work
    guard !work.isEmpty else { return }
    page.heading(3, "What to do first")
    page.numbered(work.prefix(5).map { WorkText.item($0, plan: nil) })
  }
}
