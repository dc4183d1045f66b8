package import JSON

/// What the vendor documents of one field of a collection's resources.
package struct CollectionField: Sendable, Hashable {
  /// Names joined by dots; lists on the way are passed through: `Conditions.Users.IncludeUsers`.
  ///
  /// ``whole`` is the collection itself: what it means that the vendor lists nothing.
  package let path: String
  package let type: ValueType?
  /// Whether the order of a list means nothing.
  package let isSet: Bool
  /// The typed value that stands for each text.
  package let map: [(text: String, value: JSONValue)]
  /// What it means that the field is not there, is null, or is empty.
  package let meanings: [Form: Meaning]

  package init(
    path: String, type: ValueType?, isSet: Bool, map: [(text: String, value: JSONValue)],
    meanings: [Form: Meaning]
  ) {
    self.path = path
    self.type = type
    self.isSet = isSet
    self.map = map
    self.meanings = meanings
  }

  /// The path of the collection itself.
  package static let whole = ""

  /// A form in which a field says nothing by itself.
  package enum Form: String, Sendable, CaseIterable { case absent, null, empty }

  package enum ValueType: String, Sendable, CaseIterable {
    case bool, int, double, string, time, duration, list, object
  }

  /// The value that a form stands for, and the sentence of the vendor's page that says so.
  package struct Meaning: Sendable, Hashable {
    package let value: JSONValue
    package let url: String
    package let sentence: String

    package init(value: JSONValue, url: String, sentence: String) {
      self.value = value
      self.url = url
      self.sentence = sentence
    }
  }

  package static func == (left: CollectionField, right: CollectionField) -> Bool {
    left.path == right.path && left.type == right.type && left.isSet == right.isSet
      && left.meanings == right.meanings
      && left.map.elementsEqual(right.map) { $0.text == $1.text && $0.value == $1.value }
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(path) }
}
