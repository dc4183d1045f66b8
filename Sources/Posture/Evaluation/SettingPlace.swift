/// The field that a setting's expression reads and nothing else: `resource.Conditions.Users`,
/// `collections.settings[0].mode`, `resource.?name.orValue("")`.
struct SettingPlace: Equatable {
  /// The collection that it reads the first resource of; nil for the resource that is judged.
  let collection: String?
  /// Names joined by dots.
  let path: String

  /// - Returns: Nil for an expression that computes something.
  init?(_ expression: String) {
    var text = Substring(expression.filter { !$0.isWhitespace })
    func take(_ prefix: String) -> Bool {
      guard text.hasPrefix(prefix) else { return false }
      text = text.dropFirst(prefix.count)
      return true
    }
    func name() -> String? {
      let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      text = text.dropFirst(name.count)
      return name.isEmpty ? nil : String(name)
    }
    if take("collections.") {
      guard let name = name(), take("[0]") || take("[?0]") else { return nil }
      collection = name
    } else {
      guard take("resource") else { return nil }
      collection = nil
    }
    var names: [String] = []
    while !text.isEmpty {
      if text.hasPrefix(".orValue("), text.hasSuffix(")"), text.count(where: { $0 == "(" }) == 1 {
        break
      }
      if let quote = ["[\"", "[?\"", "['", "[?'"].first(where: { text.hasPrefix($0) }) {
        text = text.dropFirst(quote.count)
        let end = quote.suffix(1)
        guard let close = text.firstRange(of: String(end) + "]") else { return nil }
        names.append(String(text[..<close.lowerBound]))
        text = text[close.upperBound...]
      } else if take(".?") || take(".") {
        guard let name = name(), !text.hasPrefix("(") else { return nil }
        names.append(name)
      } else {
        return nil
      }
    }
    guard !names.isEmpty else { return nil }
    path = names.joined(separator: ".")
  }
}
