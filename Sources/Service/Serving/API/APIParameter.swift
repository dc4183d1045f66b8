#if Service
internal import JSON
internal import Posture

/// What a request of the interface may say, checked as it is described: one line is both.
struct APIParameter: Sendable {
  enum Form: Sendable {
    /// Any text but one with NUL.
    case text
    /// A name as YAML, a vendor or a framework gives it: printable ASCII.
    case name
    case words([String])
    case number(ClosedRange<Int>, standard: Int)
    /// A label, `KEY=VALUE`.
    case label
    /// The first digits of a commit, a day or a time.
    case report
  }

  let name: String
  let form: Form
  let description: String
  /// Whether it may stand several times: alternatives, as of the command's options.
  var isRepeatable = false

  /// Characters of a text.
  private static let longest = 100
  private static let textPattern = "^[^\u{5C}u0000]*$"
  private static let namePattern = "^[ -~]*$"
  private static let labelPattern = "^[^=]+=.*$"
  private static let reportPattern =
    "^([0-9a-f]{7,64}|[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?)$"

  /// Whether a value is one that the schema describes.
  func takes(_ value: String) -> Bool {
    switch form {
    case .text: value.unicodeScalars.count <= Self.longest
    case .name:
      value.utf8.count <= Self.longest && value.utf8.allSatisfy { (0x20...0x7e).contains($0) }
    case .words(let words): words.contains(value)
    case .number(let range, _):
      value.utf8.count < 10 && value.utf8.allSatisfy { (0x30...0x39).contains($0) }
        && Int(value).map(range.contains) ?? false
    case .label:
      value.unicodeScalars.count <= Self.longest && value.contains("=") && !value.hasPrefix("=")
        && !value.contains(where: \.isNewline)
    case .report:
      value.wholeMatch(
        of: /[0-9a-f]{7,64}|[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?/) != nil
    }
  }

  private var schema: JSONValue {
    switch form {
    case .text: Self.schema(Self.textPattern)
    case .name: Self.schema(Self.namePattern)
    case .words(let words): ["type": "string", "enum": .array(words.map(JSONValue.string))]
    case .number(let range, let standard):
      [
        "type": "integer", "minimum": .int(Int64(range.lowerBound)),
        "maximum": .int(Int64(range.upperBound)), "default": .int(Int64(standard)),
      ]
    case .label: Self.schema(Self.labelPattern)
    case .report: ["type": "string", "pattern": .string(Self.reportPattern)]
    }
  }

  private static func schema(_ pattern: String) -> JSONValue {
    ["type": "string", "pattern": .string(pattern), "maxLength": .int(Int64(longest))]
  }

  /// How many alternatives there may be.
  var most: Int { isRepeatable ? (form.isOfAnyText ? 4 : 20) : 1 }

  /// As OpenAPI describes it.
  func described(in place: String) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("name", .string(name)), ("in", .string(place)), ("required", .bool(place == "path")),
      ("description", .string(description)),
    ]
    members.append(
      (
        "schema",
        isRepeatable
          ? ["type": "array", "items": schema, "maxItems": .int(Int64(most))] : schema
      ))
    return .object(members)
  }
}

extension APIParameter.Form {
  /// Whether a character may take many bytes of an address.
  fileprivate var isOfAnyText: Bool {
    switch self {
    case .text, .label: true
    default: false
    }
  }
}

extension APIParameter {
  static func words<Word: RawRepresentable<String> & CaseIterable>(
    _ name: String, _ type: Word.Type, _ description: String
  ) -> APIParameter {
    APIParameter(
      name: name, form: .words(type.allCases.map(\.rawValue)), description: description,
      isRepeatable: true)
  }

  static func names(_ name: String, _ description: String) -> APIParameter {
    APIParameter(name: name, form: .name, description: description, isRepeatable: true)
  }

  /// The filters of the commands' options, under their names.
  static let filters: [APIParameter] = [
    .names("app", "This app only, such as okta."),
    .names("instance", "This instance only."),
    .names("initiative", "What this initiative counts only."),
    .names("metric", "What this metric counts only: METRIC, or INITIATIVE/METRIC."),
    .words("status", Status.self, "This status only."),
    .words("compliance", Compliance.self, "This compliance only."),
    .words("impact", Impact.self, "This impact only."),
    .words("category", Category.self, "This category only."),
    .names("framework", "What stands for controls of this framework only."),
    .names("control", "What stands for this control only."),
    APIParameter(
      name: "label", form: .label, description: "Instances with this label only: KEY=VALUE.",
      isRepeatable: true),
    APIParameter(
      name: "search", form: .text,
      description: "What has all these words in its name, title, reason or remedy.",
      isRepeatable: true),
  ]

  static let page: [APIParameter] = [
    APIParameter(
      name: "limit", form: .number(1...1_000, standard: 100), description: "So many at the most."),
    APIParameter(
      name: "cursor", form: .name,
      description: "What `next` of the page before says. It holds while the same report is served."),
  ]
}
#endif
