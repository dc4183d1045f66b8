internal import JSON

/// One step from a JSON value into what it holds.
enum JSONStep: Hashable, Sendable {
  case member(String)
  case element(Int)
}

extension JSONValue {
  /// The value with another one at a place; nil takes the member away.
  ///
  /// A member that is not there is added at the end; a place that does not exist changes nothing.
  func replacing(_ steps: ArraySlice<JSONStep>, with value: JSONValue?) -> JSONValue {
    guard let step = steps.first else { return value ?? self }
    let rest = steps.dropFirst()
    switch (step, self) {
    case (.member(let name), .object(var members)):
      let index = members.firstIndex { $0.0 == name }
      if rest.isEmpty {
        switch (index, value) {
        case (let index?, let value?): members[index].1 = value
        case (let index?, nil): members.remove(at: index)
        case (nil, let value?): members.append((name, value))
        case (nil, nil): break
        }
      } else if let index {
        members[index].1 = members[index].1.replacing(rest, with: value)
      }
      return .object(members)
    case (.element(let index), .array(var elements)) where elements.indices.contains(index):
      if rest.isEmpty {
        if let value { elements[index] = value }
      } else {
        elements[index] = elements[index].replacing(rest, with: value)
      }
      return .array(elements)
    default: return self
    }
  }

  /// The type's name; integers and other numbers are both `number`.
  var jsonType: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .int, .uint, .double: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}
