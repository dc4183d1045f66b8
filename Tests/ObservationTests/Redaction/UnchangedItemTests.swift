import Connectors
import JSON
import TestSupport
import Testing

@testable import Observation

/// What is copied as it came is what the writer would have written.
@Suite("Unchanged items")
struct UnchangedItemTests {
  private static let secret = "Top-Secret-0123456789"

  private static func copied(
    _ json: String, redact: [String] = [], keys: Connector.KeyCase = .asIs,
    leading: [(String, String)] = [], mask: SecretGate = SecretGate()
  ) -> String? {
    let paths = redact.compactMap { FieldPath($0) }
    let text = Array(("[" + json + "]").utf8)
    var lines = Lines()
    let end = UnchangedItem(paths: paths, keys: keys).copy(
      itemAt: 1, of: text, leading: leading, known: mask.known, mask: mask, to: &lines)
    let isCopied = end != nil
    #expect(end == nil || end == text.count - 1)
    #expect(lines.count == (isCopied ? 1 : 0))
    return isCopied ? String(decoding: lines.bytes.dropLast(), as: UTF8.self) : nil
  }

  private static func written(
    _ json: String, redact: [String] = [], leading: [(String, String)] = [],
    mask: SecretGate = SecretGate()
  ) throws -> String {
    let writer = ResourceWriter(
      paths: redact.compactMap { FieldPath($0) }, mask: mask, keys: .asIs)
    let resource = ShapedResource(try JSONView(parsing: json), attached: [], chosen: nil)
    return String(decoding: writer.line(resource, leading: leading), as: UTF8.self)
  }

  @Test(
    "what is written as Plumb writes it is copied",
    arguments: [
      "{}", #"{"a":1,"b":-20,"c":[true,false,null],"d":{"e":"f"}}"#, #"{"a":"ä \"quoted\" \\ \n"}"#,
      #"{"url":"https://api.example/x?a=1&b=%20+c"}"#,
    ])
  func copies(json: String) throws {
    #expect(Self.copied(json) == json)
    #expect(try Self.written(json) == json)
    let leading = [("_parent", "p/1")]
    #expect(Self.copied(json, leading: leading) == (try Self.written(json, leading: leading)))
  }

  @Test(
    "what is written otherwise, or may hold something to mask, is left to the writer",
    arguments: [
      #"{"a": 1}"#, #"{"a":1.0}"#, #"{"a":1e3}"#, #"{"a":-0}"#, #"{"a":12345678901234567890}"#,
      #"{"a":"\/"}"#, #"{"a":"\u00e9"}"#, "{\"a\":\"\u{7F}\"}", #"{"x":{"secret":"s"}}"#,
      #"{"_parent":"p"}"#, #"{"a":"\#(secret)"}"#, #"{"\#(secret)":1}"#,
      #"{"a":"x%54op-Secret-0123456789"}"#, #"{"a":"\nghp_abcdefghijklmnopqrstuvwxyz0123456789"}"#,
      #"{"a":"ghp_abcdefghijklmnopqrstuvwxyz0123456789"}"#, #"{"a":87654321}"#,
    ])
  func refuses(json: String) {
    let mask = SecretGate(secrets: [Self.secret, "87654321"])
    #expect(
      Self.copied(json, redact: ["**.secret"], leading: [("_parent", "q")], mask: mask) == nil)
  }

  @Test("letter case that is wanted otherwise, and paths that end anywhere, leave nothing to copy")
  func impossible() {
    #expect(Self.copied("{}", keys: .pascal) == nil)
    #expect(Self.copied("{}", redact: ["config.*"]) == nil)
  }

  @Test(
    "a copy is byte for byte what the writer writes, whatever is in the item",
    arguments: 0..<40 as Range<UInt64>)
  func same(seed: UInt64) throws {
    var random = Random(seed: seed)
    let mask = SecretGate(secrets: [Self.secret])
    var copies = 0
    for _ in 0..<100 {
      let json = Self.object(depth: 3, &random)
      let leading = Bool.random(using: &random) ? [("_parent", "p")] : []
      guard
        let copy = Self.copied(json, redact: ["**.token"], leading: leading, mask: mask)
      else { continue }
      copies += 1
      #expect(
        try copy == Self.written(json, redact: ["**.token"], leading: leading, mask: mask),
        "\(json)")
    }
    #expect(copies > 0)
  }

  private static let texts = [
    "", "a", "plain text", "https://a.example/b?c=d&e=%41", "ä€😀", #"\n"#, #"\""#, #"\\"#, #"\/"#,
    #"\u0041"#, "ghp_", "eyJ", "Top-Secret", "Top-Secret-0123456789", "sk_live_0123456789abcdef",
    "AKIAABCDEFGHIJKLMNOP", "00u1", "-----BEGIN PRIVATE KEY-----",
  ]

  private static func object(depth: Int, _ random: inout Random) -> String {
    let members = (0..<Int.random(in: 0...4, using: &random)).map { index in
      let names = ["id", "name", "token", "_parent", "a b", #"q\"q"#, "Top-Secret-0123456789"]
      let name = index < 2 ? "n\(index)" : names.randomElement(using: &random) ?? ""
      return "\"\(name)\":\(value(depth: depth - 1, &random))"
    }
    let separator = Int.random(in: 0..<8, using: &random) == 0 ? ", " : ","
    return "{" + members.joined(separator: separator) + "}"
  }

  private static func value(depth: Int, _ random: inout Random) -> String {
    switch Int.random(in: 0..<(depth > 0 ? 9 : 7), using: &random) {
    case 0: return "null"
    case 1: return "true"
    case 2: return "\(Int.random(in: -1_000...1_000, using: &random))"
    case 3:
      return ["0", "1.5", "-0", "1e9", "18446744073709551615", "12345678"]
        .randomElement(using: &random) ?? "0"
    case 4, 5, 6:
      let parts = (0..<Int.random(in: 1...2, using: &random)).map { _ in
        texts.randomElement(using: &random) ?? ""
      }
      return "\"\(parts.joined())\""
    case 7:
      let elements = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        value(depth: depth - 1, &random)
      }
      return "[" + elements.joined(separator: ",") + "]"
    default: return object(depth: depth, &random)
    }
  }
}
