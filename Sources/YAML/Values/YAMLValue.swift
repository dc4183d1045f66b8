/// A plain value as YAML can hold it: no places, no styles, mappings in order.
///
/// For free-form parameters, and for what ``YAMLWriter`` writes.
public enum YAMLValue: Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// An integer of 64 bits.
  case int(Int)
  /// A number with a point or exponent, an infinity, or not a number.
  case double(Double)
  /// A text.
  case string(String)
  /// A list.
  case list([YAMLValue])
  /// Entries in order. Nothing here forbids a key twice; the parser and the writer do.
  case map([(String, YAMLValue)])

  /// The value of a mapping's key; nil where there is none, or for other values.
  public subscript(key: String) -> YAMLValue? {
    guard case .map(let entries) = self else { return nil }
    return entries.first { $0.0 == key }?.1
  }
}

extension YAMLValue: Hashable {
  /// Whether two values are written alike: the order of entries counts, `.nan` equals `.nan`, `0.0`
  /// is not `-0.0`, 1 is not 1.0, and strings are equal scalar by scalar.
  public static func == (left: YAMLValue, right: YAMLValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.int(let left), .int(let right)): left == right
    case (.double(let left), .double(let right)):
      left.bitPattern == right.bitPattern || (left.isNaN && right.isNaN)
    case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
    case (.list(let left), .list(let right)): left == right
    case (.map(let left), .map(let right)):
      left.count == right.count
        && zip(left, right).allSatisfy {
          $0.0.utf8.elementsEqual($1.0.utf8) && $0.1 == $1.1
        }
    default: false
    }
  }

  /// Equal values hash alike.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let value): hasher.combine(value)
    case .int(let value): hasher.combine(value)
    case .double(let value): hasher.combine(value.isNaN ? 0 : value.bitPattern)
    case .string(let value): hasher.combine(value)
    case .list(let values): hasher.combine(values)
    case .map(let entries):
      hasher.combine(entries.count)
      for (key, value) in entries {
        hasher.combine(key)
        hasher.combine(value)
      }
    }
  }
}

extension YAMLValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
  ExpressibleByStringInterpolation, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// `nil` is null.
  public init(nilLiteral: ()) { self = .null }
  /// `true` and `false`.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// An integer.
  public init(integerLiteral value: Int) { self = .int(value) }
  /// A number.
  public init(floatLiteral value: Double) { self = .double(value) }
  /// A text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A list.
  public init(arrayLiteral elements: YAMLValue...) { self = .list(elements) }
  /// A mapping, in the order of the literal.
  public init(dictionaryLiteral elements: (String, YAMLValue)...) { self = .map(elements) }
}

extension YAMLValue {
  /// The plain value of a node, or nil and a diagnostic where a number does not fit in 64 bits.
  public init?(_ node: Node, into diagnostics: Diagnostics) {
    switch node.kind {
    case .scalar:
      switch node.resolved {
      case .null, nil: self = .null
      case .bool(let value): self = .bool(value)
      case .integer(let value): self = .int(value)
      case .double(let value): self = .double(value)
      case .string(let value): self = .string(value)
      case .outOfRange(let text):
        diagnostics.error(
          "the number \(Excerpt.of(text)) does not fit in 64 bits; put it in quotes to keep it as text",
          at: node.mark)
        return nil
      }
    case .sequence:
      // Every item is looked at, so that every fault is named.
      var values: [YAMLValue] = []
      values.reserveCapacity(node.count)
      _ = node.eachItem { item in
        if let value = YAMLValue(item, into: diagnostics) { values.append(value) }
        return true
      }
      guard values.count == node.count else { return nil }
      self = .list(values)
    case .mapping:
      var entries: [(String, YAMLValue)] = []
      entries.reserveCapacity(node.count)
      _ = node.eachEntry { key, item in
        if let value = YAMLValue(item, into: diagnostics) {
          entries.append((key.scalar ?? "", value))
        }
        return true
      }
      guard entries.count == node.count else { return nil }
      self = .map(entries)
    }
  }
}
