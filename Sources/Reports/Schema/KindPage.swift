package import Posture
internal import YAML

/// The page of documentation of a kind: what it is, an example, and every field.
package enum KindPage {
  /// In Markdown.
  package static func markdown(of kind: DocumentKind) -> String {
    var page = MarkdownPage()
    page.heading(1, "\(kind.rawValue)")
    page.paragraph("\(raw: kind.type.summary)")
    let spec = kind.type.example.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    page.paragraph(
      """
      ```yaml
      apiVersion: \(raw: Envelope.apiVersion)
      kind: \(raw: kind.rawValue)
      metadata: { name: an-example }
      spec:
      \(raw: spec)
      ```
      """)
    var lines = Lines()
    lines.add(kind.type.shape, at: "")
    page.heading(2, "Fields of `spec`")
    page.table(["Field", "What stands there", "", "What it means"], lines.rows)
    if !lines.rules.isEmpty { page.bullets(lines.rules) }
    return page.text
  }

  /// The rows of fields by their paths, outer before inner, and what holds between them.
  private struct Lines {
    var rows: [[Markdown]] = []
    var rules: [Markdown] = []

    mutating func add(_ shape: Shape, at path: String) {
      switch shape {
      case .object(let fields, let rules):
        let prefix = path.isEmpty ? "" : path + "."
        self.rules += rules.map { $0.words(below: prefix) }
        for field in fields {
          rows.append([
            "\(cell: prefix + field.name)", "\(field.shape.words)",
            field.isRequired ? "required" : "", "\(field.description)",
          ])
          add(field.shape, at: prefix + field.name)
        }
      case .list(let element), .nonEmptyList(let element): add(element, at: path + "[]")
      case .entries(let value): add(value, at: path + ".<name>")
      case .either(let shapes):
        for shape in shapes { add(shape.without(fieldsOf: shapes), at: path) }
      default: break
      }
    }
  }
}

extension Shape {
  /// A list of what may stand there alone too, without the fields that it shares with that: they are told once.
  fileprivate func without(fieldsOf shapes: [Shape]) -> Shape {
    switch self {
    case .list(.object(let fields, _)), .nonEmptyList(.object(let fields, _)):
      var told: Set<String> = []
      for case .object(let others, _) in shapes { told.formUnion(others.map(\.name)) }
      guard !told.isEmpty else { return self }
      return .list(.object(fields.filter { !told.contains($0.name) }))
    default: return self
    }
  }

  /// As people call what stands there.
  fileprivate var words: String {
    switch self {
    case .any: "any value"
    case .string, .text: "text"
    case .pattern(_, let words): words
    case .written: "text or number"
    case .integer(let range): "integer, \(range.lowerBound) to \(range.upperBound)"
    case .boolean: "true or false"
    case .onOff: "on or off"
    case .choice(let values): values.joined(separator: ", ")
    case .list(let element): "list: \(element.words)"
    case .nonEmptyList(let element): "list, not empty: \(element.words)"
    case .entries(let value): "values by name: \(value.words)"
    case .object: "fields, see below"
    case .either(let shapes): shapes.map(\.words).joined(separator: "; or ")
    }
  }
}

extension Shape.Rule {
  /// As people say it, of fields below a path.
  fileprivate func words(below path: String) -> Markdown {
    func list(_ names: [String]) -> Markdown {
      names.map { "\(code: path + $0)" as Markdown }.joined(", ")
    }
    return switch self {
    case .exactlyOne(let names): "Exactly one of \(list(names)) stands there."
    case .single: "Exactly one field stands in \(code: String(path.dropLast()))."
    case .atLeastOne(let names): "At least one of \(list(names)) stands there."
    case .together(let name, let other):
      "Where there is \(list([name])), there is \(list([other]))."
    case .required(let name, let field, let values):
      "Where \(list([field])) is \(values.joined(separator: " or ")), there is \(list([name]))."
    }
  }
}
