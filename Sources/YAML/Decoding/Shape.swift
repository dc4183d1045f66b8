/// What may stand at one place of a document: what its decoder reads, for a JSON Schema and for people.
public indirect enum Shape: Sendable {
  /// Anything.
  case any
  /// A string, which may be empty.
  case string
  /// A string with something in it.
  case text
  /// A string of one form: a regular expression, and how people call it.
  case pattern(String, String)
  /// A scalar as it is written: `5.1` is the text `5.1`.
  case written
  case integer(ClosedRange<Int>)
  case boolean
  /// A switch: `on`, `off`, `true`, `false`.
  case onOff
  case choice([String])
  case list(Shape)
  case nonEmptyList(Shape)
  /// A mapping whose keys are the writer's.
  case entries(Shape)
  /// A mapping that has these fields and no others.
  case object([FieldShape], rules: [Rule] = [])
  case either([Shape])

  /// What holds between the fields of a mapping.
  public enum Rule: Sendable, Hashable {
    case exactlyOne([String])
    /// One field is all that there is.
    case single
    case atLeastOne([String])
    /// Where the first is there, the second is.
    case together(String, with: String)
    /// Where a field has one of some values, another is there.
    case required(String, where: String, isOneOf: [String])
  }

  public static let timespan = Shape.pattern(
    "^(?=.)([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?$",
    "a timespan such as 30m, 24h, 14d or 1d12h")
  public static let date = Shape.pattern(
    "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$", "a date such as 2027-03-31")
  /// A DNS label.
  public static let name = Shape.pattern("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", "a DNS label")
  public static let https = Shape.pattern("^https://", "an https address")
}

/// A field of a mapping, as schema and documentation say it.
public struct FieldShape: Sendable {
  public let name: String
  public let shape: Shape
  public let isRequired: Bool
  /// What it means: a sentence with its full stop.
  public let description: String
  public let traits: [any FieldTrait]

  public static func required(
    _ name: String, _ shape: Shape, _ description: String, _ traits: [any FieldTrait] = []
  ) -> FieldShape {
    FieldShape(
      name: name, shape: shape, isRequired: true, description: description, traits: traits)
  }

  public static func optional(
    _ name: String, _ shape: Shape, _ description: String, _ traits: [any FieldTrait] = []
  ) -> FieldShape {
    FieldShape(
      name: name, shape: shape, isRequired: false, description: description, traits: traits)
  }

  /// The same, which need not be there.
  var optional: FieldShape {
    .optional(name, shape, description, traits)
  }
}

/// What else is said of a field, by those who know what it is for.
public protocol FieldTrait: Sendable {}
