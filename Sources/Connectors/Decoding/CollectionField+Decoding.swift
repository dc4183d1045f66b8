internal import JSON
internal import YAML

extension CollectionField {
  /// `fields: { settings.minLength: { type: int, absent: { means: 8, url: …, sentence: … } } }`, and beside it
  /// `mayBeEmpty: { url: …, sentence: … }`, which is the field of the path ``whole``.
  static func decode(_ fields: MappingDecoder) -> [CollectionField] {
    let named = fields.optional("fields", as: .entries(of: decoder), default: []).map { entry in
      let draft = entry.value.value
      return CollectionField(
        path: entry.name.value, type: draft.type, isSet: draft.isSet, map: draft.map,
        meanings: draft.meanings)
    }
    guard let empty = fields.optional("mayBeEmpty", as: emptiness) else { return named }
    return named + [
      CollectionField(path: whole, type: .list, isSet: false, map: [], meanings: [.empty: empty])
    ]
  }

  private static var emptiness: NodeDecoder<Meaning> {
    .mapping { fields in
      let citation = Meaning.citation(fields)
      return citation.map { Meaning(value: [], url: $0.url, sentence: $0.sentence) }
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
      guard let citation = citation(fields), let value else { return nil }
      return CollectionField.Meaning(
        value: JSONValue(value), url: citation.url, sentence: citation.sentence)
    }
  }

  fileprivate static func citation(_ fields: MappingDecoder) -> (url: String, sentence: String)? {
    let url = fields.required(
      "url",
      as: .text.checked {
        $0.hasPrefix("https://") ? nil : "a citation's url begins with https://"
      })
    let sentence = fields.required("sentence", as: .text)
    guard let url, let sentence else { return nil }
    return (url, sentence)
  }
}
