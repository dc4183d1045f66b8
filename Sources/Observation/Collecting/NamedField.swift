internal import Connectors
internal import JSON

extension ErrorRule.FieldName {
  /// The name of the field in an answer; nil where none stands there.
  func name(in response: APIResponse) -> String? {
    guard response.body.count <= 1 << 20,
      let root = try? JSONView(parsing: response.body, limits: JSONLimits(depth: 32)),
      let text = root.value(at: pointer)?.string
    else { return nil }
    var name = text[...]
    if let after {
      guard let range = name.firstRange(of: after) else { return nil }
      name = name[range.upperBound...]
    }
    if let before {
      guard let range = name.firstRange(of: before) else { return nil }
      name = name[..<range.lowerBound]
    }
    // What is no name is a sentence of another sort.
    return !name.isEmpty && name.utf8.count <= 256
      && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
      ? String(name) : nil
  }
}
