package import JSON
internal import Text
import YAML

/// How a text becomes the value of another type that it stands for.
///
/// A text that the map does not know stays as it is. As it is not of the field's type, whatever
/// reads the field is unknown.
package enum ValueMap: Sendable, Hashable {
  /// The value that stands for each text, byte by byte.
  case values([ExactText: JSONValue])
  /// What a notation makes of each text.
  case notation(Notation)

  /// Ways in which vendors write values as texts.
  package enum Notation: String, Sendable, CaseIterable {
    /// `true` or `false`, in any case.
    case bool
    /// Decimal digits, with or without a minus, that fit 64 bits.
    case int
    /// A number as JSON has it.
    case double
    /// A moment: RFC 3339, also with a blank for the `T`, with `+0000` for `+00:00`, or without a zone, which is UTC;
    /// and `/Date(…)/` with milliseconds since 1970. It becomes RFC 3339 in UTC.
    case time
    /// A boolean or a whole number where the text is one; every other text is itself. It gives a field no type.
    case scalar
    /// What stands between commas, without the blanks around it.
    case commas
    /// What stands on each line, without the blanks around it.
    case lines
    /// What stands between blanks, line ends, commas and semicolons.
    case words

    /// The type of every value that the notation gives; nil where they have several.
    var type: CollectionField.ValueType? {
      switch self {
      case .bool: .bool
      case .int: .int
      case .double: .double
      case .time: .time
      case .commas, .lines, .words: .list
      case .scalar: nil
      }
    }
  }

  /// The value that a text stands for; nil for a text that the map does not know, an empty one
  /// among them.
  package func value(of text: String) -> JSONValue? {
    switch self {
    case .values(let values): values[ExactText(text)]
    case .notation(let notation): notation.value(of: text)
    }
  }
}

extension ValueMap.Notation {
  fileprivate func value(of text: String) -> JSONValue? {
    switch self {
    case .bool: ["true": .bool(true), "false": .bool(false)][text.asciiLowercased]
    case .int: Self.isNumeral(text.utf8) ? Int64(text).map(JSONValue.int) : nil
    case .scalar: Self.bool.value(of: text) ?? Self.int.value(of: text)
    case .double:
      // What Swift takes besides JSON's numbers begins otherwise, or has other letters.
      text.utf8.allSatisfy { Self.isDigit($0) || "+-.eE".utf8.contains($0) }
        && text.utf8.last.map(Self.isDigit) == true && text.utf8.first.map(Self.begins) == true
        ? Double(text).flatMap { $0.isFinite ? .double($0) : nil } : nil
    case .time: Self.time(text).map(JSONValue.string)
    case .commas: Self.list(text.split(separator: ","))
    case .lines: Self.list(text.split(whereSeparator: \.isNewline))
    case .words:
      Self.list(text.split { $0.isWhitespace || $0.isNewline || $0 == "," || $0 == ";" })
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func begins(_ byte: UInt8) -> Bool { isDigit(byte) || byte == 45 }

  private static func isNumeral(_ text: String.UTF8View) -> Bool {
    let digits = text.first == 45 ? text.dropFirst() : text[...]
    return !digits.isEmpty && digits.allSatisfy(isDigit)
  }

  /// Nil where nothing stands between the separators: such a text says nothing.
  private static func list(_ parts: [Substring]) -> JSONValue? {
    let parts = parts.map { String($0).trimmed }.filter { !$0.isEmpty }
    return parts.isEmpty ? nil : .array(parts.map(JSONValue.string))
  }

  /// The years 1 to 9999.
  private static let years = -62_135_596_800...253_402_300_799

  private static func time(_ text: String) -> String? {
    guard let time = milliseconds(text) ?? moment(text), years.contains(time.secondsSince1970)
    else { return nil }
    return time.description
  }

  private static func moment(_ text: String) -> InternetTime? {
    if let time = InternetTime(text, isLenient: true) { return time }
    // `2026-05-20T09:00:00.000+0000`
    let zone = text.utf8.suffix(5)
    if zone.first == 43 || zone.first == 45, zone.dropFirst().allSatisfy(isDigit) {
      return InternetTime(String(text.dropLast(2)) + ":" + text.suffix(2), isLenient: true)
    }
    return InternetTime(text + "Z", isLenient: true)
  }

  /// `/Date(1582261200000-0500)/`: the zone is for showing it.
  private static func milliseconds(_ text: String) -> InternetTime? {
    guard text.hasPrefix("/Date("), text.hasSuffix(")/") else { return nil }
    let inner = text.dropFirst(6).dropLast(2)
    let digits = inner.prefix { ("0"..."9").contains($0) }
    let zone = inner.dropFirst(digits.count).utf8
    guard let number = Int(digits),
      zone.isEmpty || [43, 45].contains(zone.first) && zone.count == 5
    else { return nil }
    return InternetTime(
      secondsSince1970: number / 1_000, nanoseconds: number % 1_000 * 1_000_000)
  }
}

extension String {
  fileprivate var asciiLowercased: String {
    String(decoding: utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
  }
}

extension NodeDecoder where Value == ValueMap {
  /// A notation, or the value that stands for each text.
  static var valueMap: NodeDecoder<ValueMap> {
    let notation = NodeDecoder<ValueMap.Notation>.choice(of: ValueMap.Notation.self)
    let values = NodeDecoder<[(name: String, value: JSONValue)]>.pairs(of: .json)
    return NodeDecoder(
      "\(notation.expectation), or a mapping of texts to values",
      shape: .either([notation.shape, values.shape])
    ) { node, diagnostics in
      guard node.kind == .mapping else {
        return notation.decode(node, into: diagnostics).map { .notation($0) }
      }
      return values.decode(node, into: diagnostics).map { pairs in
        // No mapping that the parser returns has a key twice.
        .values(
          Dictionary(
            pairs.map { (ExactText($0.name), $0.value) }, uniquingKeysWith: { first, _ in first }))
      }
    }
  }
}
