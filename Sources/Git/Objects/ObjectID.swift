internal import CGit2
internal import Text

/// The name of an object: the SHA-1 of its content, 20 bytes.
public struct ObjectID: Sendable {
  // Two words and a half rather than an array: ids are copied and hashed by the ten thousand.
  private let high: UInt64
  private let middle: UInt64
  private let low: UInt32

  /// The id that git writes where there is no object: twenty zero bytes.
  public static let zero = ObjectID(high: 0, middle: 0, low: 0)

  private init(high: UInt64, middle: UInt64, low: UInt32) {
    self.high = high
    self.middle = middle
    self.low = low
  }

  /// An id from its 20 bytes; nil for any other number.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 20 else { return nil }
    var high: UInt64 = 0
    var middle: UInt64 = 0
    var low: UInt32 = 0
    for (index, byte) in bytes.enumerated() {
      switch index {
      case 0..<8: high = high << 8 | UInt64(byte)
      case 8..<16: middle = middle << 8 | UInt64(byte)
      default: low = low << 8 | UInt32(byte)
      }
    }
    self.init(high: high, middle: middle, low: low)
  }

  /// An id from its 40 hexadecimal digits, of either case; nil for anything else.
  public init?(hex: some StringProtocol) {
    guard hex.utf8.count == 40, let bytes = Hexadecimal.bytes(String(hex)) else { return nil }
    self.init(bytes: bytes)
  }

  /// The 20 bytes.
  public var bytes: [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(20)
    for shift in stride(from: 56, through: 0, by: -8) {
      result.append(UInt8(truncatingIfNeeded: high >> UInt64(shift)))
    }
    for shift in stride(from: 56, through: 0, by: -8) {
      result.append(UInt8(truncatingIfNeeded: middle >> UInt64(shift)))
    }
    for shift in stride(from: 24, through: 0, by: -8) {
      result.append(UInt8(truncatingIfNeeded: low >> UInt32(shift)))
    }
    return result
  }

  /// The 40 hexadecimal digits, in lower case.
  public var hex: String { Hexadecimal.text(bytes) }

  /// The first seven hexadecimal digits, for people; no promise that they are unique.
  public var shortHex: String { String(hex.prefix(7)) }
}

extension ObjectID: Hashable, Comparable, CustomStringConvertible {
  /// Orders as the bytes, and so the hexadecimal digits, do.
  public static func < (left: ObjectID, right: ObjectID) -> Bool {
    (left.high, left.middle, left.low) < (right.high, right.middle, right.low)
  }

  /// The 40 hexadecimal digits.
  public var description: String { hex }
}

extension ObjectID {
  /// Takes over an id of libgit2.
  init(_ id: git_oid) {
    var id = id
    self = Swift.withUnsafeBytes(of: &id) { raw in
      ObjectID(
        high: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
        middle: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
        low: UInt32(bigEndian: raw.loadUnaligned(fromByteOffset: 16, as: UInt32.self)))
    }
  }

  /// The id as libgit2 keeps it.
  var raw: git_oid {
    var id = git_oid()
    Swift.withUnsafeMutableBytes(of: &id) { raw in
      raw.storeBytes(of: high.bigEndian, toByteOffset: 0, as: UInt64.self)
      raw.storeBytes(of: middle.bigEndian, toByteOffset: 8, as: UInt64.self)
      raw.storeBytes(of: low.bigEndian, toByteOffset: 16, as: UInt32.self)
    }
    return id
  }
}
