package import Posture

/// A plan as annotations of a GitHub Actions job: [workflow commands](
/// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands), each at the
/// line of the desired state that it is about.
///
/// Impact is the kind: error, warning, notice. GitHub shows ten of a kind for a step and drops the
/// rest without a word, so only the most urgent are written and a notice tells of the others. A
/// comparison of two desired states annotates only what the later one makes worse.
package enum AnnotationReport {
  private static let mostOfKind = 10

  package static func plan(_ plan: Plan, filter: PlanFilter = PlanFilter()) -> [UInt8] {
    let annotations = Annotation.of(filter.applied(to: plan))
    var text = ""
    var leftOut: [String] = []
    for kind in Annotation.Kind.allCases {
      let all = annotations.filter { $0.kind == kind }
      // One notice is kept for what is left out.
      let most = kind == .notice ? mostOfKind - 1 : mostOfKind
      for annotation in all.prefix(most) { text += annotation.command }
      if all.count > most {
        leftOut.append(Words.count(all.count - most, "more \(kind.rawValue)"))
      }
    }
    if !leftOut.isEmpty {
      text +=
        Annotation(
          kind: .notice, title: "Plumb", place: nil,
          message:
            "Left out, since GitHub shows \(mostOfKind) annotations of a kind: \(leftOut.joined(separator: ", ")). The job summary and 'plumb show' list all."
        ).command
    }
    return Array(text.utf8)
  }
}

/// One annotation.
struct Annotation {
  enum Kind: String, CaseIterable {
    case error, warning, notice
  }

  let kind: Kind
  let title: String
  let place: SARIFLocation?
  let message: String

  /// Gates first, then results, exceptions and gaps.
  static func of(_ plan: Plan) -> [Annotation] {
    let gates = plan.gates.filter { $0.outcome != .passed }.map { gate in
      Annotation(
        kind: gate.stops ? .error : .warning, title: "Gate \(gate.name)", place: nil,
        message: Phrases.reason(of: gate)
          + (Phrases.remedy(of: gate).map { ". To pass: \($0)" } ?? ""))
    }
    let results = Finding.of(plan.comparison).filter { finding in
      plan.base == nil
        ? finding.isFailure : finding.urgency == .newFailure || finding.urgency == .worse
    }.map { finding in
      Annotation(
        kind: Kind(finding.recommendation.impact), title: finding.recommendation.title,
        place: SARIFLocation(finding.instance), message: finding.sentence())
    }
    let pressing = Set(plan.changes.filter(\.isPressing).compactMap(\.exception))
    let exceptions = plan.exceptions.compactMap { item -> Annotation? in
      guard let call = item.callText,
        plan.base == nil || pressing.contains(item.exception.name)
      else { return nil }
      return Annotation(
        kind: item.state == .expired ? .warning : .notice, title: "Exception",
        place: SARIFLocation(item.exception), message: call)
    }
    let gaps =
      plan.base != nil
      ? []
      : Gaps.of(plan.comparison).map { gaps in
        Annotation(
          kind: .notice, title: "Not observed", place: SARIFLocation(gaps.instance),
          message: "\(gaps.instance.name): \(gaps.sentences.joined(separator: "; "))")
      }
    return gates + results + exceptions + gaps
  }

  var command: String {
    var properties: [(String, String)] = []
    if let place {
      properties = [
        ("file", place.file), ("line", String(place.line)), ("col", String(place.column)),
        ("endColumn", String(place.endColumn)),
      ]
    }
    properties.append(("title", Escaping.terminal(title, to: 200)))
    let written = properties.map { "\($0.0)=\(Self.property($0.1))" }.joined(separator: ",")
    return "::\(kind.rawValue) \(written)::\(Self.data(Escaping.terminal(message, to: 2_000)))\n"
  }

  /// As the runner reads the message back.
  private static func data(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  /// As the runner reads a property back: `:` and `,` would end it.
  private static func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}

extension Annotation.Kind {
  init(_ impact: Impact) {
    self =
      switch impact {
      case .high: .error
      case .medium: .warning
      case .low: .notice
      }
  }
}
