package import JSON

/// A JSON Patch ([RFC 6902](https://www.rfc-editor.org/rfc/rfc6902)) of additions, removals and replacements.
///
/// `move`, `copy` and `test` are refused: no patch of the tests has them.
package struct JSONPatch: Sendable {
  private let operations: [JSONValue]

  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  /// - Throws: ``Failure`` when it is no array.
  package init(_ patch: JSONValue) throws(Failure) {
    guard let operations = patch.array else { throw Failure(description: "a patch is an array") }
    self.operations = operations
  }

  /// Carries out the operations in their order.
  ///
  /// - Throws: ``Failure`` that names the first operation that does not apply; those before it have been carried out.
  package func apply(to root: inout JSONValue) throws(Failure) {
    for (index, operation) in operations.enumerated() {
      let path = operation["path"]?.string ?? "?"
      do throws(Failure) {
        try root.carryOut(Edit(operation), at: Self.tokens(path)[...])
      } catch {
        throw Failure(description: "operation \(index) at \(path): \(error.description)")
      }
    }
  }

  fileprivate enum Edit {
    case add(JSONValue)
    case replace(JSONValue)
    case remove

    init(_ operation: JSONValue) throws(Failure) {
      switch (operation["op"]?.string, operation["value"]) {
      case ("add", let value?): self = .add(value)
      case ("replace", let value?): self = .replace(value)
      case ("remove", _): self = .remove
      case (let name, _): throw Failure(description: "no such operation: \(name ?? "none")")
      }
    }
  }

  private static func tokens(_ pointer: String) throws(Failure) -> [String] {
    if pointer.isEmpty { return [] }
    guard pointer.hasPrefix("/") else { throw Failure(description: "not a JSON Pointer") }
    return pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
      .map { String($0.replacing("~1", with: "/").replacing("~0", with: "~")) }
  }
}

extension JSONValue {
  fileprivate mutating func carryOut(
    _ edit: JSONPatch.Edit, at path: ArraySlice<String>
  ) throws(JSONPatch.Failure) {
    guard let key = path.first else {
      switch edit {
      case .add(let value), .replace(let value): self = value
      case .remove: self = .null
      }
      return
    }
    switch self {
    case .object(var members):
      // Whoever holds the members alone changes them in place.
      self = .null
      defer { self = .object(members) }
      let index = members.firstIndex { $0.0 == key }
      switch (edit, index, path.count) {
      case (.add(let value), nil, 1): members.append((key, value))
      case (.add(let value), let index?, 1), (.replace(let value), let index?, 1):
        members[index].1 = value
      case (.remove, let index?, 1): members.remove(at: index)
      case (_, let index?, _): try members[index].1.carryOut(edit, at: path.dropFirst())
      default: throw JSONPatch.Failure(description: "no member '\(key)'")
      }
    case .array(var elements):
      self = .null
      defer { self = .array(elements) }
      let index = key == "-" ? elements.count : Int(key) ?? -1
      switch (edit, path.count) {
      case (.add(let value), 1) where 0...elements.count ~= index:
        elements.insert(value, at: index)
      case (.replace(let value), 1) where elements.indices.contains(index):
        elements[index] = value
      case (.remove, 1) where elements.indices.contains(index): elements.remove(at: index)
      case (_, 2...) where elements.indices.contains(index):
        try elements[index].carryOut(edit, at: path.dropFirst())
      default: throw JSONPatch.Failure(description: "no element '\(key)'")
      }
    default: throw JSONPatch.Failure(description: "nothing has a member '\(key)' there")
    }
  }
}
