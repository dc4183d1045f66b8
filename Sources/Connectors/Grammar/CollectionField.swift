package import JSON
package import YAML

/// What the vendor documents of one field of a collection's resources.
package struct CollectionField: Sendable, Hashable {
  /// Names joined by dots; lists on the way are passed through: `Conditions.Users.IncludeUsers`.
  ///
  /// ``whole`` is the collection itself: what it means that the vendor lists nothing.
  package internal(set) var path = whole
  fileprivate var ownType: ValueType?
  /// Whether the order of a list means nothing.
  package private(set) var isSet = false
  /// How a text becomes a value of the field's type; nil keeps what the vendor writes.
  package private(set) var map: ValueMap?
  /// What the field's absence, null, and emptiness mean; without an entry the form says nothing.
  package fileprivate(set) var meanings: [Form: Meaning] = [:]

  fileprivate init() {}

  /// The declared type, or the one that its map gives; nil where neither says.
  package var type: ValueType? {
    if let ownType { return ownType }
    guard case .notation(let notation) = map else { return nil }
    return notation.type
  }

  /// The path of the collection itself.
  package static let whole = ""

  /// A form in which a field says nothing by itself.
  package enum Form: String, Sendable, CaseIterable { case absent, null, empty }

  /// The types that a field's value may have, as conditions see it. A text holds a `time` (RFC
  /// 3339) and a `duration`.
  package enum ValueType: String, Sendable, CaseIterable {
    case bool, int, double, string, time, duration, list, object
  }

  /// The value that a form stands for, with the sentence of the vendor's page that says so.
  package struct Meaning: Sendable, Hashable {
    package fileprivate(set) var value: JSONValue = []
    /// The vendor's page, an `https:` address.
    package private(set) var url = ""
    /// The sentence of that page, as the vendor writes it.
    package private(set) var sentence = ""
  }
}

extension CollectionField: Described {
  package init(at node: Node) { self.init() }

  package static let fields: [Field<Self>] =
    [
      .optional(
        "type", \.ownType, .choice(of: ValueType.self), "The type of the field's value."),
      .optional("set", \.isSet, .bool, "Whether the order of a list means nothing."),
      .optional(
        "map", \.map, .valueMap,
        "How a text becomes a value of the type: the value for each text, or a notation. Other texts stay: what reads them is unknown."
      ),
      .check { field, fields in
        if let problem = field.problemOfMap { fields.error(problem, at: "map") }
      },
    ]
    + Form.allCases.map { form in
      .optional(
        form.rawValue, \.meanings[form], .object,
        "What it means that the field is \(form.rawValue)."
      )
    }

  /// The fields of a collection's table, and of the collection itself as the field with the path
  /// ``whole``.
  static let ofCollection: [Field<[CollectionField]>] = [
    .optional(
      "fields", \.self, .named(\.path, of: .object),
      "What the vendor documents of a resource's fields, by dotted path; lists on the way are passed through."
    ),
    .optional(
      "mayBeEmpty", \.emptiness, .object(Meaning.citation) { Meaning(at: $0) },
      "That a tenant may have none of them; without it, a verdict that an empty collection turns good is a finding of plumb test."
    ),
  ]
}

extension [CollectionField] {
  fileprivate var emptiness: CollectionField.Meaning? {
    get { first { $0.path == CollectionField.whole }?.meanings[.empty] }
    set {
      guard let newValue else { return }
      var whole = CollectionField()
      whole.ownType = .list
      whole.meanings = [.empty: newValue]
      append(whole)
    }
  }
}

extension CollectionField {
  /// Why the map and the type do not fit; nil where they do. A text that is not mapped must not
  /// pass for a value of the type.
  fileprivate var problemOfMap: String? {
    switch map {
    case .notation(let notation):
      guard let ownType, ownType != notation.type else { return nil }
      return "'\(notation.rawValue)' gives "
        + (notation.type.map { "a value of the type \($0.rawValue)" } ?? "values of several types")
    case .values(let values):
      guard let type else { return "say the 'type' that these values have" }
      if values.isEmpty { return "this map has no text" }
      if values[ExactText("")] != nil { return "what an empty text means stands under 'empty'" }
      if [.string, .time, .duration].contains(type) {
        return "a text stands for a value of another type: bool, int, double, list or object"
      }
      return values.sorted { $0.key < $1.key }.first { !type.holds($0.value) }.map {
        "what '\($0.key.text)' stands for is not of the type \(type.rawValue)"
      }
    case nil: return nil
    }
  }
}

extension CollectionField.ValueType {
  fileprivate func holds(_ value: JSONValue) -> Bool {
    switch self {
    case .bool: value.bool != nil
    case .int: value.int64 != nil
    case .double: value.double != nil
    case .string, .time, .duration: value.string != nil
    case .list: value.array != nil
    case .object: value.object != nil
    }
  }
}

extension CollectionField.Meaning: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] =
    [.required("means", \.value, .json, "The value that it stands for.")] + citation

  static let citation: [Field<Self>] = [
    .required("url", \.url, .https("a citation's url"), "The vendor's page that says so."),
    .required("sentence", \.sentence, .text, "The vendor's sentence."),
  ]
}
