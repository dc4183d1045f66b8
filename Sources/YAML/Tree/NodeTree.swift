internal import Glibc

/// The nodes of one file, side by side: a node is a place in here, and copying one copies a reference.
///
/// Texts stand one behind the other as bytes and become strings when somebody reads them: what is only looked
/// for, such as a key, never does.
final class NodeTree: Sendable {
  /// The file's name as it was given to the parser.
  let file: String
  let records: [Record]
  /// The records of what stands in collections: a list's items, a mapping's keys and values by turns.
  let children: [Int32]
  let text: [UInt8]
  /// Whether all texts are ASCII.
  let isASCII: Bool
  /// What few nodes have.
  let properties: [NodeProperties]

  /// A node without what it holds.
  struct Record: Sendable {
    var kind: Node.Kind
    var style: Node.Style
    /// Where its properties stand; -1 for those that have none.
    var properties: Int32 = -1
    /// Where its text or its children begin.
    var first: Int32
    /// Its text's bytes; the number of a list's items, and of a mapping's entries.
    var count: Int32
    var start: Position
    var stop: Position
  }

  init(
    file: String, records: [Record], children: [Int32], text: [UInt8], isASCII: Bool,
    properties: [NodeProperties]
  ) {
    self.file = file
    self.records = records
    self.children = children
    self.text = text
    self.isASCII = isASCII
    self.properties = properties
  }

  /// The record of a child of a collection.
  func child(_ place: Int, of record: Record) -> Int32 { children[Int(record.first) + place] }

  /// The bytes of a scalar's text.
  func bytes(_ record: Record) -> ArraySlice<UInt8> {
    text[Int(record.first)..<Int(record.first + record.count)]
  }

  /// The text of a scalar.
  func string(_ record: Record) -> String { String(decoding: bytes(record), as: UTF8.self) }

  /// The place of a key among a mapping's entries; nil where it is missing.
  ///
  /// - Complexity: O(*n*) in the mapping's entries.
  func place(of key: String, in mapping: Record) -> Int? {
    var key = key
    return key.withUTF8 { name in
      let areASCII = isASCII && name.allSatisfy { $0 < 0x80 }
      return text.withUnsafeBufferPointer { text in
        (0..<Int(mapping.count)).first { place in
          let record = records[Int(child(2 * place, of: mapping))]
          let range = Int(record.first)..<Int(record.first) + Int(record.count)
          return record.kind == .scalar
            && SameText.holds(UnsafeBufferPointer(rebasing: text[range]), name, areASCII: areASCII)
        }
      }
    }
  }
}

/// Whether two texts are the same as strings are: some characters can be written in two ways.
enum SameText {
  /// - Parameter areASCII: Whether both have ASCII alone: then bytes tell.
  static func holds(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>, areASCII: Bool
  ) -> Bool {
    if left.count == right.count {
      guard let first = left.baseAddress, let second = right.baseAddress else { return true }
      if memcmp(first, second, left.count) == 0 { return true }
    }
    if areASCII { return false }
    return String(decoding: left, as: UTF8.self) == String(decoding: right, as: UTF8.self)
  }
}
