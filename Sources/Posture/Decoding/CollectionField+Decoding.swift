internal import JSON
internal import YAML

extension CollectionField {
  /// `fields: { settings.minLength: { type: int, absent: { means: 8, url: …, sentence: … } } }`
  static func decode(_ fields: MappingDecoder) -> [CollectionField] {
    fields.optional("fields", as: .entries(of: decoder), default: []).map { entry in
      let draft = entry.value.value
      return CollectionField(
        path: entry.name.value, type: draft.type, isSet: draft.isSet, map: draft.map,
        meanings: draft.meanings)
    }
  }

  private static var decoder: NodeDecoder<CollectionField> {
    .mapping { fields in
      var meanings: [Form: Meaning] = [:]
      for form in Form.allCases {
        meanings[form] = fields.optional(form.rawValue, as: Meaning.decoder)
      }
      return CollectionField(
        path: "", type: fields.optional("type", as: .choice(of: ValueType.self)),
        isSet: fields.optional("set", as: .bool, default: false),
        map: fields.optional("map", as: .entries(of: .value), default: [])
          .map { (text: $0.name.value, value: JSONValue($0.value.value)) },
        meanings: meanings)
    }
  }
}

extension CollectionField.Meaning {
  fileprivate static var decoder: NodeDecoder<CollectionField.Meaning> {
    .mapping { fields in
      if fields.node("means") == nil { fields.missing("means") }
      let value = fields.optional("means", as: .value)
      let url = fields.required(
        "url",
        as: .text.checked {
          $0.hasPrefix("https://") ? nil : "a citation's url begins with https://"
        })
      let sentence = fields.required("sentence", as: .text)
      guard let value, let url, let sentence else { return nil }
      return CollectionField.Meaning(value: JSONValue(value), url: url, sentence: sentence)
    }
  }
}
