internal import CEL
package import Connectors
package import JSON
internal import Text
internal import YAML

/// Tells whether two recorded values of a setting are the same configuration, written in two forms.
///
/// Exports write one configuration in several: PowerShell's `ConvertTo-Json` leaves out, writes
/// `null`, `[]` or `""` for what is not set, and a bare value for a list of one. So these are the
/// same: absent, null, an empty list, object or text; a value and the list of it alone; a list in
/// another order; an object without its empty members; `14` and `14.0`. Where the collection's
/// `fields` say more of the setting's field, they decide: what absent, null and empty mean, which
/// texts stand for which values, that a time, a duration, a number or a switch is written as text,
/// and that a set has each element once.
package struct SettingComparison: Sendable {
  private let fields: [String: CollectionField]
  /// The field that the setting is; nil when it is computed.
  private let path: String?

  /// - Parameters:
  ///   - fields: Those of the collection, by path.
  ///   - path: The path of the setting in a resource.
  package init(fields: [String: CollectionField] = [:], path: String? = nil) {
    self.fields = fields
    self.path = path
  }

  /// Whether both values mean the same configuration.
  package func isSame(_ left: JSONValue, _ right: JSONValue) -> Bool {
    left == right || canonical(left, at: path) == canonical(right, at: path)
  }

  /// The one form of a value and all that mean the same.
  private func canonical(_ value: JSONValue, at path: String?) -> JSONValue {
    let field = path.flatMap { fields[$0] }
    if let meaning = field.flatMap({ Self.meaning(of: value, in: $0) }) {
      return plain(meaning, at: path, field)
    }
    return plain(value, at: path, field)
  }

  /// What a value that says nothing by itself stands for, as the vendor documents it.
  private static func meaning(of value: JSONValue, in field: CollectionField) -> JSONValue? {
    switch value {
    // What is not there is recorded as null.
    case .null: (field.meanings[.null] ?? field.meanings[.absent])?.value
    case .string(let text) where text.isEmpty: field.meanings[.empty]?.value
    case .array(let elements) where elements.isEmpty: field.meanings[.empty]?.value
    case .object(let members) where members.isEmpty: field.meanings[.empty]?.value
    default: nil
    }
  }

  private func plain(_ value: JSONValue, at path: String?, _ field: CollectionField?) -> JSONValue {
    switch value {
    case .array(let elements):
      var values = elements.map { element($0, at: path, field) }
        .map { (key: $0.compactText, value: $0) }.sorted { $0.key < $1.key }
      if field?.isSet == true {
        var seen: Set<String> = []
        values.removeAll { !seen.insert($0.key).inserted }
      }
      return values.isEmpty
        ? .null : values.count == 1 ? values[0].value : .array(values.map(\.value))
    case .object(let members):
      let kept = self.members(members, at: path)
      return kept.isEmpty ? .null : .object(kept)
    default: return scalar(value, field)
    }
  }

  /// An element of a list: an object stays one, whatever it holds.
  private func element(_ value: JSONValue, at path: String?, _ field: CollectionField?) -> JSONValue
  {
    guard case .object(let members) = value else { return plain(value, at: path, field) }
    return .object(self.members(members, at: path))
  }

  private func members(_ members: [(String, JSONValue)], at path: String?) -> [(String, JSONValue)]
  {
    var members = members.map { name, value in
      (name, canonical(value, at: path.map { "\($0).\(name)" }))
    }
    if let path {
      let present = Set(members.map(\.0))
      for field in fields.values where field.path.hasPrefix("\(path).") {
        let name = String(field.path.dropFirst(path.count + 1))
        guard !name.contains("."), !present.contains(name),
          let meaning = field.meanings[.absent]?.value
        else { continue }
        members.append((name, plain(meaning, at: field.path, field)))
      }
    }
    return members.filter { $0.1 != .null }.sorted { $0.0 < $1.0 }
  }

  private func scalar(_ value: JSONValue, _ field: CollectionField?) -> JSONValue {
    // What an earlier version recorded is the text that stands for the value.
    let value = value.string.flatMap { field?.map?.value(of: $0) } ?? value
    guard case .string(let text) = value else { return value.normalised }
    if text.isEmpty { return .null }
    switch field?.type {
    case .bool: return ["true": .bool(true), "false": .bool(false)][text.lowercased()] ?? value
    case .int, .double: return Double(text).map { JSONValue.double($0).normalised } ?? value
    case .time: return Timestamp(text).map { .string("\($0.seconds).\($0.nanoseconds)") } ?? value
    case .duration:
      return TimeSpan(iso8601: text).map { .string("\($0.totalNanoseconds)") } ?? value
    default: return value
    }
  }
}

/// What the vendor documents of the fields that one instance's source delivers, by collection.
package struct FieldIndex: Sendable {
  private let collections: [String: [String: CollectionField]]

  /// - Parameter collections: By collection, its fields; of two with one path, the first counts.
  package init(_ collections: [String: [CollectionField]] = [:]) {
    self.collections = collections.mapValues { fields in
      fields.keyed(by: \.path)
    }
  }

  /// How the values of a recommendation's setting are compared.
  package func comparison(of setting: String, in recommendation: Recommendation)
    -> SettingComparison
  {
    guard
      let source = recommendation.settings.first(where: { $0.name.value == setting })?.source.value,
      let place = SettingPlace(source),
      let collection = place.collection ?? recommendation.collection?.value,
      let fields = collections[collection]
    else { return SettingComparison() }
    return SettingComparison(fields: fields, path: place.path)
  }
}

extension DesiredState {
  /// What is documented of the fields of an instance's collections, as the sources that delivered them do.
  ///
  /// - Parameter collections: What of several sources was taken from which.
  package func fieldIndex(
    of instance: Instance, _ collections: [CollectionSummary] = []
  ) -> FieldIndex {
    let taken = Dictionary(firstOf: collections.map { ($0.name, $0.source) })
    let all = instance.sources.flatMap { source in
      fields(of: instance, from: source).filter { name, _ in
        (taken[name] ?? nil).map { $0 == source.name } ?? true
      }
    }
    return FieldIndex(Dictionary(firstOf: all))
  }

  private func fields(
    of instance: Instance, from source: Instance.Source
  ) -> [(String, [CollectionField])] {
    let app = instance.app.value
    let connector = (connectors[app]?.collections ?? []).map { ($0.name, $0.fields) }
    func exported(_ formats: [ExportFormat]) -> [(String, [CollectionField])] {
      formats.sorted { $0.name < $1.name }
        .flatMap { $0.collections.map { ($0.name, $0.fields) } }
    }
    return switch source.way {
    case .api: connector
    case .export(let format, _): exported([exportFormats[format]].compactMap(\.self))
    // What was recorded may come from either.
    case .recorded: connector + exported(exportFormats.values.filter { $0.app == app })
    }
  }
}
