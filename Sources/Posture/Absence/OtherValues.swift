internal import JSON

/// Values that a path could have had: one that changes a verdict proves that the path matters.
struct OtherValues {
  let vocabulary: Vocabulary
  let shown: ShownValues

  /// Texts that no condition names, and times and durations on either side of any limit.
  private static let texts = [
    "plumb-other", "2000-01-01T00:00:00Z", "2100-01-01T00:00:00Z", "0", "1000000", "PT1S", "P9999D",
    "1s", "900000000s",
  ]

  /// - Parameters:
  ///   - value: What stands there; nil when nothing does.
  ///   - key: Where it stands.
  func candidates(for value: JSONValue?, at key: ShownValues.Key) -> [JSONValue] {
    let known = shown.values(at: key)
    var result = known
    // What no condition names is read, if at all, by what goes through all members: no constant is about it.
    let isNamed = key.path.last.map(vocabulary.names.contains) ?? true
    var types = Set(([value].compactMap(\.self) + known).map(\.jsonType))
    types.remove("null")
    if types.isEmpty { types = ["boolean", "number", "string", "array"] }
    if types.contains("boolean") { result += [true, false] }
    if types.contains("number") { result += numbers(around: known + [value].compactMap(\.self)) }
    if types.contains("string") {
      result += (isNamed ? vocabulary.strings + Self.texts : ["plumb-other"]).map(JSONValue.string)
    }
    if types.contains("array") {
      result += lists(like: [value].compactMap(\.self) + known, isNamed)
    }
    return result.filter { $0 != value }
  }

  private func numbers(around values: [JSONValue]) -> [JSONValue] {
    var result: [JSONValue] = [0, 1, -1, 1_000_000]
    for number in values + vocabulary.numbers {
      switch number {
      case .int(let number) where number.magnitude < 1 << 52:
        result += [.int(number), .int(number + 1), .int(number - 1), .int(number * 10)]
      case .double(let number):
        result += [.double(number), .double(number + 1), .double(number - 1)]
      default: break
      }
    }
    return result
  }

  /// Lists with an element more, less, or instead.
  private func lists(like values: [JSONValue], _ isNamed: Bool) -> [JSONValue] {
    let lists = values.compactMap(\.array)
    var result: [JSONValue] = [[]]
    for list in lists.prefix(4) where list.count > 1 {
      for index in list.indices.prefix(8) {
        var rest = list
        rest.remove(at: index)
        result.append(.array(rest))
      }
    }
    guard lists.allSatisfy({ $0.allSatisfy { $0.string != nil } }) else { return result }
    let texts = (isNamed ? vocabulary.strings : []) + ["plumb-other"]
    result += texts.map { [.string($0)] }
    if let longest = lists.first, !longest.isEmpty {
      result += texts.map { .array(longest + [.string($0)]) }
    }
    return result
  }
}
