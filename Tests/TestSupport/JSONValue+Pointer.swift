package import JSON

/// One step into a JSON value.
package enum Step: Hashable, Sendable {
  case member(String)
  case element(Int)
}

extension JSONValue {
  /// The value at a place; nil where there is none.
  package func value(at steps: ArraySlice<Step>) -> JSONValue? {
    guard let step = steps.first else { return self }
    let inner =
      switch step {
      case .member(let name): self[name]
      case .element(let index): self[index]
      }
    return inner?.value(at: steps.dropFirst())
  }

  /// Puts another value at a place that there is; nil takes a member away.
  package mutating func replace(at steps: ArraySlice<Step>, with value: JSONValue?) {
    guard let step = steps.first else {
      if let value { self = value }
      return
    }
    switch (step, self) {
    case (.member(let name), .object(var members)):
      guard let index = members.firstIndex(where: { $0.0 == name }) else { return }
      if steps.count == 1, value == nil {
        members.remove(at: index)
      } else {
        members[index].1.replace(at: steps.dropFirst(), with: value)
      }
      self = .object(members)
    case (.element(let index), .array(var elements)) where elements.indices.contains(index):
      elements[index].replace(at: steps.dropFirst(), with: value)
      self = .array(elements)
    default: return
    }
  }

  /// Every member of every object within, with its place.
  package func forEachMember(at steps: [Step] = [], _ body: ([Step], JSONValue) -> Void) {
    switch self {
    case .object(let members):
      for (name, value) in members {
        let place = steps + [.member(name)]
        body(place, value)
        value.forEachMember(at: place, body)
      }
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        element.forEachMember(at: steps + [.element(index)], body)
      }
    default: break
    }
  }
}
