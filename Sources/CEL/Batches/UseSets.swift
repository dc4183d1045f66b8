/// Numbers of variables.
struct UseSet: Hashable {
  /// How many variables a batch has at most.
  static let capacity = 256

  private var words = SIMD4<UInt64>()

  var isEmpty: Bool { words == SIMD4<UInt64>() }

  func contains(_ number: Int) -> Bool { words[number >> 6] >> UInt64(number & 63) & 1 != 0 }
  mutating func insert(_ number: Int) { words[number >> 6] |= 1 << UInt64(number & 63) }
  mutating func formUnion(_ other: UseSet) { words |= other.words }
}

/// Sets of variables, each once, so that a row's fits in two bytes.
final class UseSets {
  /// Stands for more sets than there are numbers.
  static let tooMany = UInt16.max

  // Unchecked, as the others: looking up calls nothing that could reach the sets again.
  @exclusivity(unchecked) private var sets: [UseSet] = [UseSet()]
  @exclusivity(unchecked) private var numbers: [UseSet: UInt16] = [UseSet(): 0]
  @exclusivity(unchecked) private var unions: [UInt32: UInt16] = [:]

  /// A set's number; 0 is the empty one's.
  func number(of set: UseSet) -> UInt16 {
    if let known = numbers[set] { return known }
    guard sets.count < Int(Self.tooMany) else { return Self.tooMany }
    let number = UInt16(sets.count)
    sets.append(set)
    numbers[set] = number
    return number
  }

  /// The set of a number other than ``tooMany``.
  subscript(_ number: UInt16) -> UseSet { sets[Int(number)] }

  @inline(__always) func union(_ one: UInt16, _ other: UInt16) -> UInt16 {
    one == other || other == 0 ? one : one == 0 ? other : slowUnion(one, other)
  }

  @inline(never) private func slowUnion(_ one: UInt16, _ other: UInt16) -> UInt16 {
    if one == Self.tooMany || other == Self.tooMany { return Self.tooMany }
    let key = UInt32(one) << 16 | UInt32(other)
    if let known = unions[key] { return known }
    var set = self[one]
    set.formUnion(self[other])
    let result = number(of: set)
    unions[key] = result
    return result
  }
}
