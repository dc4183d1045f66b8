internal import JSON
internal import Text

/// A list that an expression or a caller built.
final class ListBox: Sendable {
  let elements: [Cell]
  let weight: Int
  let depth: Int
  let isUnowned: Bool

  static let empty = ListBox([])

  init(_ elements: [Cell]) {
    var weight = 16
    var depth = 0
    var isUnowned = false
    for element in elements {
      weight = weight.addingSaturated(element.weight)
      depth = max(depth, element.depth)
      isUnowned = isUnowned || element.isUnowned
    }
    self.elements = elements
    self.weight = weight
    self.depth = depth + 1
    self.isUnowned = isUnowned
  }
}

/// A map that an expression or a caller built: the entries in the order given, and an index of many keys.
final class MapBox: Sendable {
  let entries: [(key: Cell, value: Cell)]
  let weight: Int
  let depth: Int
  let isUnowned: Bool
  /// Absent for small maps, which are faster searched one by one.
  private let index: [MapKey: Int]?

  static let empty = MapBox(distinct: [], index: nil)
  /// How many entries are searched one by one.
  private static let few = 8

  /// A map; fails when a key is repeated or is of a type that keys can't have.
  static func make(_ entries: [(key: Cell, value: Cell)]) throws(Fault) -> MapBox {
    var index: [MapKey: Int]? = entries.count > few ? [:] : nil
    index?.reserveCapacity(entries.count)
    for (position, entry) in entries.enumerated() {
      guard entry.key.isKey else {
        let type = entry.key.typeName
        throw Fault(.noSuchOverload, "a map's key can't be of type \(type)")
      }
      let isRepeated =
        index == nil
        ? entries[..<position].contains { MapKey.isSame($0.key, entry.key) }
        : MapKey(entry.key).flatMap { index?.updateValue(position, forKey: $0) } != nil
      if isRepeated {
        let shown = entry.key.summary
        throw Fault(.duplicateKey, "a map repeats the key \(shown)")
      }
    }
    return MapBox(distinct: entries, index: index)
  }

  private init(distinct entries: [(key: Cell, value: Cell)], index: [MapKey: Int]?) {
    var weight = 16
    var depth = 0
    var isUnowned = false
    for entry in entries {
      weight = weight.addingSaturated(entry.key.weight).addingSaturated(entry.value.weight)
      depth = max(depth, entry.value.depth)
      isUnowned = isUnowned || entry.key.isUnowned || entry.value.isUnowned
    }
    self.entries = entries
    self.index = index
    self.weight = weight
    self.depth = depth + 1
    self.isUnowned = isUnowned
  }

  /// The key's value, whatever numeric type the key is written in.
  func value(for key: Cell) -> Cell? {
    guard let index else {
      for position in entries.indices where MapKey.isSame(entries[position].key, key) {
        return entries[position].value
      }
      return nil
    }
    return MapKey(key).flatMap { index[$0] }.map { entries[$0].value }
  }
}

/// A map's key: numbers are the same key when they are equal, whatever their type.
enum MapKey: Hashable {
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case string(CodePoints)

  /// nil for what can't be a key, and for a double that is not whole.
  init?(_ cell: Cell) {
    switch cell {
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .uint(let value): self = Int64(exactly: value).map(MapKey.int) ?? .uint(value)
    case .double(let value):
      if let exact = Int64(exactly: value) {
        self = .int(exact)
      } else if let exact = UInt64(exactly: value) {
        self = .uint(exact)
      } else {
        return nil
      }
    case .string(let value): self = .string(CodePoints(value))
    case .text(let text): self = .string(CodePoints(text.string))
    default: return nil
    }
  }

  /// Whether two cells are the same key; false where one can't be a key.
  static func isSame(_ left: Cell, _ right: Cell) -> Bool {
    switch (left, right) {
    case (.text, .text), (.text, .string), (.string, .text), (.string, .string):
      TextBytes.isSame(left, right)
    case (.text, _), (.string, _), (_, .text), (_, .string): false
    default: MapKey(left).map { $0 == MapKey(right) } ?? false
    }
  }
}

/// A string that is the same as another only with the same code points: Swift's `==` also equates what Unicode
/// normalisation does.
struct CodePoints: Hashable {
  let string: String

  init(_ string: String) { self.string = string }

  static func == (left: CodePoints, right: CodePoints) -> Bool {
    left.string.utf8.span.isSame(right.string.utf8.span)
  }

  func hash(into hasher: inout Hasher) {
    let bytes = string.utf8.span.bytes
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}

/// An optional value: langdef's extension "Optional Types".
final class OptionalBox: Sendable {
  let wrapped: Cell?
  let weight: Int
  let depth: Int
  let isUnowned: Bool

  static let none = OptionalBox(nil)

  init(_ wrapped: Cell?) {
    self.wrapped = wrapped
    weight = (wrapped?.weight ?? 0).addingSaturated(16)
    depth = (wrapped?.depth ?? 0) + 1
    isUnowned = wrapped?.isUnowned ?? false
  }
}

/// A type as a value.
final class TypeBox: Sendable {
  let type: ValueType
  init(_ type: ValueType) { self.type = type }
}

/// An IP address, or with a prefix length an IP range, of the network library.
final class NetworkBox: Sendable {
  let address: IPAddress
  let prefix: Int?

  init(address: IPAddress, prefix: Int? = nil) {
    self.address = address
    self.prefix = prefix
  }
}

extension Int {
  func addingSaturated(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}

extension Cell {
  /// Whether a map may be built with it as a key.
  var isKey: Bool {
    switch self {
    case .bool, .int, .uint, .string, .text: true
    default: false
    }
  }
}
