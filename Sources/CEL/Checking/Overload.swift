/// One way to call a function: langdef, "Functions" and "List of Standard Definitions".
struct Overload: Sendable {
  let isMember: Bool
  /// The receiver first.
  let parameters: [ValueType]
  let result: ValueType
  let typeParameters: [String]

  /// Reads `string.(int, A) -> list(A)`: the receiver before `.(`; names of one capital letter are type parameters.
  init(_ signature: String) {
    let halves = signature.split(separator: " -> ")
    let call = halves.first ?? ""
    let open = call.firstIndex(of: "(") ?? call.startIndex
    var receiver = call[..<open]
    var list = call[open...].dropFirst().dropLast()
    // A receiver with parameters of its own, `list(A).(int)`: the argument list begins behind the last `.(`.
    if let mark = call.range(of: ").(") {
      receiver = call[..<call.index(after: mark.lowerBound)]
      list = call[mark.upperBound...].dropLast()
      isMember = true
    } else {
      isMember = receiver.last == "."
      receiver = isMember ? receiver.dropLast() : receiver
    }
    let names = Set("ABCDET".map(String.init))
    var texts: [String] = isMember ? [String(receiver)] : []
    var depth = 0
    var text = ""
    for character in list {
      if character == ",", depth == 0 {
        texts.append(text)
        text = ""
        continue
      }
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character == " ", text.isEmpty { continue }
      text.append(character)
    }
    if !text.isEmpty { texts.append(text) }
    parameters = texts.map { ValueType($0, parameters: names) ?? .dyn }
    result = halves.count > 1 ? ValueType(String(halves[1]), parameters: names) ?? .dyn : .dyn
    typeParameters = names.filter { signature.contains($0) }.sorted()
  }

  init(isMember: Bool, parameters: [ValueType], result: ValueType, typeParameters: [String]) {
    self.isMember = isMember
    self.parameters = parameters
    self.result = result
    self.typeParameters = typeParameters
  }
}

extension StringProtocol {
  /// Where a text first occurs.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) {
        return start..<index(start, offsetBy: text.count)
      }
      start = index(after: start)
    }
    return nil
  }
}
