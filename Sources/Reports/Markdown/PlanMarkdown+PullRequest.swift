internal import Posture

/// What a pull request does: the verdict, then what it changes, worst first, then, folded, what stood
/// before it.
extension PlanMarkdown {
  mutating func pullRequest(_ plan: Plan) {
    page.heading(2, "Plumb: \(ReviewLine(plan).text)")
    suspects()
    weakened()
    gatesOfInterest(plan.gates)
    results()
    drift()
    declared()
    imported()
    events()
    sight()
    scores()
    stoodBefore()
  }

  /// What weakens stands first, with what it takes out of sight.
  mutating func weakened() {
    guard let weakening = plan?.weakening, !groups.weakened.isEmpty else { return }
    page.heading(3, "Weakened")
    table(
      "difference", plural: "differences", ["What", "Difference", "Hides"], groups.weakened
    ) { change in
      [
        "**\(Phrases.subject(of: change))**", "\(Words.declaration(change))",
        "\(change.hides.map(Phrases.text) ?? "")",
      ]
    }
    page.paragraph(
      weakening.isAccepted
        ? "Let through with \(code: "--accept-less \(weakening.digest)")."
        : "A maintainer who agrees lets just this through with \(code: "--accept-less \(weakening.digest)")."
    )
  }

  /// The gates that want something; of the others, the names.
  private mutating func gatesOfInterest(_ gates: [Gate]) {
    func rows(_ gates: [Gate]) -> [[Markdown]] {
      gates.map { gate in
        [
          "\(cell: gate.name)",
          "\(raw: gate.stops ? "**\(gate.outcome.words)**" : gate.outcome.words)",
          "\(Phrases.reason(of: gate))", "\(Phrases.remedy(of: gate) ?? "")",
        ]
      }
    }
    guard !gates.isEmpty else { return }
    page.heading(3, "Gates")
    page.table(
      ["Gate", "Outcome", "Reason", "To pass"], rows(gates.filter { $0.outcome != .passed }))
    let passed = gates.filter { $0.outcome == .passed }
    page.bullets(passed.map { "\(code: $0.name) passed: \(Phrases.reason(of: $0))" })
  }

  /// What is declared otherwise and weakens nothing.
  private mutating func declared() {
    let changes = groups.control + groups.exceptions
    guard !changes.isEmpty else { return }
    page.heading(3, "Declared")
    bullets(
      "declared difference", plural: "declared differences",
      changes.map { "**\(Phrases.subject(of: $0))** \(Words.declaration($0))" })
  }

  /// What can be seen otherwise because of it.
  private mutating func sight() {
    let changes = groups.gaps.filter { $0.type != .suspect }
    guard !changes.isEmpty else { return }
    page.heading(3, "Observed")
    bullets(
      "difference", plural: "differences",
      changes.map { "**\(Phrases.subject(of: $0))** \(Words.declaration($0))" })
  }

  private mutating func stoodBefore() {
    var before = self
    before.page = MarkdownPage()
    before.leftOut = 0
    // What it changed of what can be seen stands above.
    before.groups.gaps = []
    before.gaps()
    let standing = index.standingExceptions
    if !standing.isEmpty {
      before.page.heading(3, "Exceptions")
      before.bullets(
        "exception", plural: "exceptions",
        standing.map { "**exception \($0.exception.name)** \(Words.standing(of: $0))" })
    }
    before.work()
    leftOut += before.leftOut
    guard !before.page.text.isEmpty else { return }
    let counts = [
      (Gaps.of(shown).count, "instance with gaps", "instances with gaps"),
      (standing.count, "exception to decide", "exceptions to decide"),
      (index.work.count, "recommendation to address", "recommendations to address"),
    ].filter { $0.0 > 0 }.map { Words.count($0.0, $0.1, plural: $0.2) }
    page.details("What stands besides: \(raw: counts.joined(separator: ", "))") { inner in
      inner.append(before.page)
    }
  }
}
