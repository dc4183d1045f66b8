internal import Connectors
private import Foundation
internal import JSON
internal import Posture

/// A text of results as this user's store has it: less its long lists, which stand behind it, or elsewhere.
///
/// ```
/// SHA-256 of what is told, a space, its bytes, and a line feed
/// what is told: an object on a line (whose it is, how many numbers stand for lists, each list's digest and bytes), and the text
/// the texts of the lists, one behind the other
/// ```
///
/// Nothing is taken whose digest is another, so that no line of the lists has to be looked at.
struct KeptText {
  /// What the owner told of it.
  let head: JSONView
  let text: RecordedText

  /// - Parameters:
  ///   - key: What it must be kept under.
  ///   - known: The lists, where they do not stand behind the text, by their digests.
  /// - Returns: Nil for what is not wholly what was kept under the key, or has a list that is not known.
  init?(_ bytes: [UInt8], key: String, known: [String: ListText]? = nil) {
    guard let line = bytes.prefix(Self.longest).firstIndex(of: Self.lineFeed), line > Self.digits,
      bytes[Self.digits] == Self.space,
      let size = Int(String(decoding: bytes[(Self.digits + 1)..<line], as: UTF8.self)), size > 0,
      size < bytes.count - line
    else { return nil }
    let told = bytes[(line + 1)..<(line + 1 + size)]
    guard Digest.sha256(told) == String(decoding: bytes[..<Self.digits], as: UTF8.self),
      let end = told.firstIndex(of: Self.lineFeed),
      let head = try? JSONView(parsing: Array(told[..<end])), head["key"]?.string == key,
      let numbers = head["numbers"]?.int, let lists = head["lists"]
    else { return nil }
    var behind = bytes[told.endIndex...]
    var texts: [ListText] = []
    for list in lists.elements {
      guard let digest = list["sha256"]?.string, let size = list["bytes"]?.int, size >= 0
      else { return nil }
      if let known {
        guard let text = known[digest] else { return nil }
        texts.append(text)
      } else {
        guard let text = ListText(behind.prefix(size), digest: digest) else { return nil }
        texts.append(text)
        behind = behind.dropFirst(size)
      }
    }
    guard behind.isEmpty,
      let text = try? RecordedText(told[(end + 1)...], numbers: numbers, lists: texts)
    else { return nil }
    self.head = head
    self.text = text
  }

  /// The bytes to keep.
  ///
  /// - Parameters:
  ///   - head: What is told of it, beside its key.
  ///   - hasLists: Whether the texts of the lists stand behind it.
  static func bytes(
    key: String, _ head: [(String, JSONValue)], _ text: RecordedText, hasLists: Bool
  ) -> [UInt8] {
    let lists = text.texts.map { list in
      JSONValue.object([
        ("sha256", .string(list.digest)), ("bytes", .int(Int64(list.bytes.count))),
      ])
    }
    let line = JSONValue.object(
      [("key", .string(key))] + head
        + [("numbers", .int(Int64(text.numbers))), ("lists", .array(lists))])
    let told = line.bytes() + [lineFeed] + text.rest
    var bytes = Array("\(Digest.sha256(told)) \(told.count)\n".utf8) + told
    if hasLists { for list in text.texts { bytes += list.bytes } }
    return bytes
  }

  private static let lineFeed = UInt8(ascii: "\n")
  private static let space = UInt8(ascii: " ")
  /// Hexadecimal digits of a digest.
  private static let digits = 64
  /// Bytes of the first line at the most.
  private static let longest = 96

  /// Tells this build of the program from every other: another one may judge or write otherwise.
  static let program: String = {
    let path = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let attributes = (try? FileManager.default.attributesOfItem(atPath: path)) ?? [:]
    let changed = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
    return "\(path) \(attributes[.size] ?? 0) \(attributes[.systemFileNumber] ?? 0) \(changed)"
  }()
}
