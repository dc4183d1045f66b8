internal import Posture

/// How something stands, told by a shape and a word; colour only repeats it.
struct StateMark: Equatable {
  /// What the stylesheet colours it as.
  enum Tone: String { case good, bad, warn, unknown, muted }

  let tone: Tone
  let shape: String
  let word: String

  static func == (left: Self, right: Self) -> Bool {
    left.tone == right.tone && left.word == right.word
  }

  func write(into html: inout HTMLWriter) {
    html.element(.span, .classes(["mark", className])) { html in
      html.element(.span, .class("shape"), .decorative, text: shape)
      html.words(" ")
      html.text(word)
    }
  }

  /// The shape alone, with the word for those who do not see it.
  func writeShape(into html: inout HTMLWriter) {
    html.element(.span, .classes(["shape", className]), .role("img"), .label(word), text: shape)
  }

  var className: StaticString {
    switch tone {
    case .good: "good"
    case .bad: "bad"
    case .warn: "warn"
    case .unknown: "unknown"
    case .muted: "muted"
    }
  }

  // MARK: Of what

  /// What is only recorded is never shown as good: it stood, and nobody saw it since.
  init(_ compliance: Compliance, isStale: Bool = false) {
    let word = Words.of(compliance)
    switch compliance {
    case .notCompliant: (tone, shape) = (.bad, "✕")
    case .unknown: (tone, shape) = (.unknown, "?")
    case .compliant: (tone, shape) = isStale ? (.warn, "◌") : (.good, "✓")
    case .notApplicable: (tone, shape) = (.muted, "–")
    }
    self.word = isStale && compliance != .notApplicable ? word + ", stale" : word
  }

  init(_ verdict: ControlStanding.Fulfilment) {
    word = verdict.words
    switch verdict {
    case .met: (tone, shape) = (.good, "✓")
    case .notMet: (tone, shape) = (.bad, "✕")
    case .unknown: (tone, shape) = (.unknown, "?")
    case .partlyCovered: (tone, shape) = (.warn, "◐")
    case .covered: (tone, shape) = (.muted, "●")
    case .notApplicable, .notCovered: (tone, shape) = (.muted, "–")
    }
  }

  init(_ state: Snapshot.Exception.State) {
    word = Words.of(state)
    switch state {
    case .expired: (tone, shape) = (.bad, "✕")
    case .expiringSoon: (tone, shape) = (.warn, "!")
    case .unused: (tone, shape) = (.muted, "–")
    case .active: (tone, shape) = (.muted, "●")
    }
  }

  init(_ state: CollectionSummary.State) {
    word = state.rawValue
    switch state {
    case .complete: (tone, shape) = (.good, "✓")
    case .partial: (tone, shape) = (.warn, "◐")
    case .denied, .failed: (tone, shape) = (.bad, "✕")
    }
  }

  /// How an instance is seen.
  init(_ instance: InstancePlan) {
    guard instance.recommendations else {
      (tone, shape, word) = (.muted, "○", "off")
      return
    }
    switch instance.staleReason {
    case nil: (tone, shape, word) = (.good, "●", "observed")
    case .suspect?: (tone, shape, word) = (.warn, "!", "suspect")
    case .suspended?: (tone, shape, word) = (.warn, "‖", "suspended")
    case .neverObserved?, .notSought?: (tone, shape, word) = (.unknown, "?", "not observed")
    default: (tone, shape, word) = (.warn, "◌", "stale")
    }
  }

  /// A score beside its target.
  init(_ score: Fraction?, target: Int) {
    guard let score else {
      (tone, shape, word) = (.unknown, "?", "no score")
      return
    }
    let missing = Fraction(target) - score
    if missing > .zero {
      let points = missing.oneDecimal == "0.0" ? "<0.1" : missing.oneDecimal
      (tone, shape, word) = (.bad, "▼", "\(points) below target")
    } else {
      (tone, shape, word) = (.good, "✓", "on target")
    }
  }

  /// Where a score came from; nil where it did not move.
  init?(from before: Fraction?, to after: Fraction?) {
    guard let before, let after, before.oneDecimal != after.oneDecimal else { return nil }
    let gain = after - before
    word = "\(gain.signedOneDecimal.replacing("-", with: "−")) from \(before.oneDecimal)"
    (tone, shape) = gain > .zero ? (.good, "▲") : (.bad, "▼")
  }

  init(_ gate: Gate) {
    word = gate.outcome.words
    switch gate.outcome {
    case .passed: (tone, shape) = (.good, "✓")
    case .failed: (tone, shape) = (.bad, "✕")
    case .warned: (tone, shape) = (.warn, "!")
    case .notJudged: (tone, shape) = (.unknown, "?")
    }
  }
}
