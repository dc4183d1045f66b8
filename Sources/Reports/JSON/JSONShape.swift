internal import JSON
internal import Posture

/// What a value says as a JSON object: a line per member, which is both how the member is written and
/// its JSON Schema.
///
/// Programs may meet members that are not listed here in a later Plumb: the objects of today are
/// closed, and the version stands in `apiVersion`.
struct JSONShape<Value> {
  let members: [Member]

  /// One member of the object.
  struct Member {
    let name: String
    let schema: JSONValue
    /// Whether it is always there.
    let isRequired: Bool
    /// Writes the member, or nothing where it is left out.
    let write: (_ value: Value, _ writer: inout JSONWriter) -> Void
  }

  init(_ members: [Member]) { self.members = members }

  /// A document of a kind: what it is told by, then these members.
  init(document kind: String, _ members: [Member]) {
    self.init(
      [.constant("apiVersion", JSONReport.apiVersion), .constant("kind", kind)] + members)
  }

  /// The members alone, into an object that is open.
  func write(_ value: Value, to writer: inout JSONWriter) {
    for member in members { member.write(value, &writer) }
  }

  /// The schema of the object, as members.
  var schemaMembers: [(String, JSONValue)] {
    [
      ("type", "object"),
      ("required", .array(members.filter(\.isRequired).map { .string($0.name) })),
      ("properties", .object(members.map { ($0.name, $0.schema) })),
      ("additionalProperties", false),
    ]
  }

  var schema: JSONValue { .object(schemaMembers) }

  /// The same, about a part of something else.
  func of<Whole>(_ part: @escaping (Whole) -> Value) -> [JSONShape<Whole>.Member] {
    members.map { member in
      JSONShape<Whole>.Member(
        name: member.name, schema: member.schema, isRequired: member.isRequired
      ) { member.write(part($0), &$1) }
    }
  }
}

// MARK: The lines

extension JSONShape.Member {
  /// A member that is always there; `null` for no value where the type is optional.
  static func value<Scalar: JSONScalar>(
    _ name: String, _ value: @escaping (Value) -> Scalar
  ) -> Self {
    Self(name: name, schema: Scalar.schema, isRequired: true) { $1.member(name, value($0)) }
  }

  /// A member that is left out where there is no value.
  static func optional<Scalar: JSONScalar>(
    _ name: String, _ value: @escaping (Value) -> Scalar?
  ) -> Self {
    Self(name: name, schema: Scalar.schema, isRequired: false) {
      $1.member(ifPresent: name, value($0))
    }
  }

  /// One of the words of a type.
  static func value<Word: RawRepresentable<String> & CaseIterable>(
    _ name: String, _ value: @escaping (Value) -> Word
  ) -> Self {
    Self(name: name, schema: ["enum": words(Word.self)], isRequired: true) {
      $1.member(name, value($0).rawValue)
    }
  }

  /// One of the words of a type, or `null`.
  static func nullable<Word: RawRepresentable<String> & CaseIterable>(
    _ name: String, _ value: @escaping (Value) -> Word?
  ) -> Self {
    let all = Word.allCases.map { JSONValue.string($0.rawValue) } + [.null]
    return Self(name: name, schema: ["enum": .array(all)], isRequired: true) {
      $1.member(name, value($0)?.rawValue)
    }
  }

  /// One of the words of a type; left out where there is none.
  static func optional<Word: RawRepresentable<String> & CaseIterable>(
    _ name: String, _ value: @escaping (Value) -> Word?
  ) -> Self {
    Self(name: name, schema: ["enum": words(Word.self)], isRequired: false) {
      $1.member(ifPresent: name, value($0)?.rawValue)
    }
  }

  /// One of some words that no type lists.
  static func value(
    _ name: String, oneOf words: [String], _ value: @escaping (Value) -> String
  ) -> Self {
    Self(name: name, schema: ["enum": .array(words.map(JSONValue.string))], isRequired: true) {
      $1.member(name, value($0))
    }
  }

  /// A text that is always the same.
  static func constant(_ name: String, _ text: String) -> Self {
    Self(name: name, schema: ["const": .string(text)], isRequired: true) { $1.member(name, text) }
  }

  /// An object.
  static func object<Part>(
    _ name: String, _ shape: JSONShape<Part>, _ part: @escaping (Value) -> Part
  ) -> Self {
    Self(name: name, schema: shape.schema, isRequired: true) { value, writer in
      writer.object(name) { shape.write(part(value), to: &$0) }
    }
  }

  /// An object that is left out where there is no value.
  static func optional<Part>(
    _ name: String, _ shape: JSONShape<Part>, _ part: @escaping (Value) -> Part?
  ) -> Self {
    Self(name: name, schema: shape.schema, isRequired: false) { value, writer in
      if let part = part(value) { writer.object(name) { shape.write(part, to: &$0) } }
    }
  }

  /// An array of objects.
  static func list<Parts: Sequence>(
    _ name: String, of shape: JSONShape<Parts.Element>, _ parts: @escaping (Value) -> Parts
  ) -> Self {
    Self(name: name, schema: ["type": "array", "items": shape.schema], isRequired: true) {
      value, writer in
      let parts = parts(value)
      writer.array(name) { writer in
        let (start, count) = (writer.bytes.count, parts.underestimatedCount)
        var written = 0
        for part in parts {
          writer.elementObject { shape.write(part, to: &$0) }
          written += 1
          writer.expect(count - written, like: written, since: start)
        }
      }
    }
  }

  /// An array of objects that is left out where it is empty.
  static func optionalList<Parts: Collection>(
    _ name: String, of shape: JSONShape<Parts.Element>, _ parts: @escaping (Value) -> Parts
  ) -> Self {
    let whole = list(name, of: shape, parts)
    return Self(name: name, schema: whole.schema, isRequired: false) {
      if !parts($0).isEmpty { whole.write($0, &$1) }
    }
  }

  /// An array of the first so many objects of a list, copied where a text is at hand in which they have these members.
  static func list<Parts: Sequence>(
    _ name: String, of shape: JSONShape<Parts.Element>, most: Int,
    text: @escaping (Value) -> ListText?, _ parts: @escaping (Value) -> Parts
  ) -> Self {
    let first = list(name, of: shape) { most > 0 ? Array(parts($0).prefix(most)) : [] }
    let copier = RecordedText.copier(of: shape.members.map(\.name))
    return Self(name: name, schema: first.schema, isRequired: true) { value, writer in
      if let text = text(value), writer.array(name, text.bytes, most: most, by: copier) { return }
      first.write(value, &writer)
    }
  }

  /// An object of named values of any kind, in their order.
  static func values(
    _ name: String, _ values: @escaping (Value) -> [(name: String, value: JSONValue)]
  ) -> Self {
    Self(name: name, schema: ["type": "object"], isRequired: true) { value, writer in
      writer.object(name) { for (name, value) in values(value) { $0.member(name, value) } }
    }
  }

  private static func words<Word: RawRepresentable<String> & CaseIterable>(
    _ type: Word.Type
  ) -> JSONValue {
    .array(type.allCases.map { .string($0.rawValue) })
  }
}
