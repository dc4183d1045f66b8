internal import Posture

/// How a piece of text is emphasised on a terminal, and the escape sequences for it.
enum TextStyle: Sendable {
  case plain, bold, dim, red, green, yellow, magenta, cyan, alarming

  private var parameters: String? {
    switch self {
    case .plain: nil
    case .bold: "1"
    case .dim: "2"
    case .red: "31"
    case .green: "32"
    case .yellow: "33"
    case .magenta: "35"
    case .cyan: "36"
    case .alarming: "1;31"
    }
  }

  /// What weighs more is seen first.
  static func of(_ impact: Impact) -> TextStyle {
    switch impact {
    case .high: .alarming
    case .medium: .yellow
    case .low: .dim
    }
  }

  /// The text in this style: Select Graphic Rendition of ECMA-48, reset after it.
  func applied(to text: String, colour: Bool) -> String {
    guard colour, let parameters, !text.isEmpty else { return text }
    return "\u{1B}[\(parameters)m\(text)\u{1B}[0m"
  }
}

/// A piece of text in one style. Hostile text is escaped on the way in.
struct TextSpan: Sendable {
  let text: String
  let style: TextStyle

  init(_ text: String, _ style: TextStyle = .plain) {
    self.text = Escaping.terminal(text)
    self.style = style
  }

  /// Prose, which is shown whole however long its line is.
  init(whole text: String, _ style: TextStyle = .plain) {
    self.text = HiddenScalars.spelledOut(text)
    self.style = style
  }
}

/// The marks before a change, as the legend explains them.
enum ChangeMark: CaseIterable {
  case regressed, resolved, changed, appeared, gone, attention, control

  var span: TextSpan {
    switch self {
    case .regressed: TextSpan("-", .red)
    case .resolved: TextSpan("+", .green)
    case .changed: TextSpan("~", .yellow)
    case .appeared: TextSpan("*", .cyan)
    case .gone: TextSpan("x", .dim)
    case .attention: TextSpan("!", .magenta)
    case .control: TextSpan(">", .cyan)
    }
  }

  var meaning: String {
    switch self {
    case .regressed: "worse"
    case .resolved: "resolved"
    case .changed: "changed"
    case .appeared: "new"
    case .gone: "gone"
    case .attention: "attention"
    case .control: "declared"
    }
  }
}
