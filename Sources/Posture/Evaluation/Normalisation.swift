package import JSON

extension JSONValue {
  /// The value in one form, so that the same configuration read twice compares equal: members in
  /// order of name, lists in order of content (vendors list sets in any order), whole doubles as
  /// integers.
  package var normalised: JSONValue {
    switch self {
    case .array(let elements):
      .array(
        elements.map { element in
          let value = element.normalised
          return (key: value.compactText, value: value)
        }.sorted { $0.key < $1.key }.map(\.value))
    case .object(let members):
      .object(members.map { ($0.0, $0.1.normalised) }.sorted { $0.0 < $1.0 })
    case .double(let number) where number.rounded() == number && number.magnitude < 0x1p53:
      .int(Int64(number))
    default: self
    }
  }
}
