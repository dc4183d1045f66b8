package import JSON
package import YAML

/// What the vendor documents of one field of a collection's resources.
package struct CollectionField: Sendable, Hashable {
  /// Names joined by dots; lists on the way are passed through: `Conditions.Users.IncludeUsers`.
  ///
  /// ``whole`` is the collection itself: what it means that the vendor lists nothing.
  package internal(set) var path = whole
  package private(set) var type: ValueType?
  /// Whether the order of a list means nothing.
  package private(set) var isSet = false
  /// The typed value that stands for each text.
  package private(set) var map: [(name: String, value: JSONValue)] = []
  /// What it means that the field is not there, is null, or is empty.
  package fileprivate(set) var meanings: [Form: Meaning] = [:]

  /// The path of the collection itself.
  package static let whole = ""

  /// A form in which a field says nothing by itself.
  package enum Form: String, Sendable, CaseIterable { case absent, null, empty }

  package enum ValueType: String, Sendable, CaseIterable {
    case bool, int, double, string, time, duration, list, object
  }

  /// The value that a form stands for, and the sentence of the vendor's page that says so.
  package struct Meaning: Sendable, Hashable {
    package fileprivate(set) var value: JSONValue = []
    package private(set) var url = ""
    package private(set) var sentence = ""
  }

  package static func == (left: CollectionField, right: CollectionField) -> Bool {
    left.path == right.path && left.type == right.type && left.isSet == right.isSet
      && left.meanings == right.meanings
      && left.map.elementsEqual(right.map) { $0.name == $1.name && $0.value == $1.value }
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(path) }
}

extension CollectionField: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] =
    [
      .optional(
        "type", \.type, .choice(of: ValueType.self), "The type of the field's value."),
      .optional("set", \.isSet, .bool, "Whether the order of a list means nothing."),
      .optional("map", \.map, .pairs(of: .json), "The typed value that stands for each text."),
    ]
    + Form.allCases.map { form in
      .optional(
        form.rawValue, \.meanings[form], .object,
        "What it means that the field is \(form.rawValue)."
      )
    }

  /// What a collection says of its fields, of itself as the field of the path ``whole``.
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
      append(CollectionField(type: .list, meanings: [.empty: newValue]))
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
