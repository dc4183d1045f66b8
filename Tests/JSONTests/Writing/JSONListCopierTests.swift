import JSON
import Testing

@Suite("Lists copied out of a text")
struct JSONListCopierTests {
  private static let members = ["id", "label", "settings"]
  private static let copier = JSONListCopier(members: members, depth: 3)

  private static func object(_ id: String, _ label: String, _ settings: JSONValue) -> JSONValue {
    ["id": .string(id), "label": .string(label), "settings": settings]
  }

  private static let objects: [JSONValue] = [
    object("1", "One", [:]), object("2", "\"}\\\n      ]\u{1b}\u{202E}é", ["a": nil]),
    object(
      "", "", ["id": "x", "deep": [["id": 1, "label": [], "settings": [1.5, [true]]], [:]]]),
    object("##[a]", "\u{7f}", ["n": [.double(1e100), .double(-0.0), .uint(.max), .int(.min)]]),
  ]

  /// A list as it stands in the text of a document.
  private static func text(_ objects: [JSONValue]) throws -> ArraySlice<UInt8> {
    let value: JSONValue = ["rows": [["list": .array(objects)]]]
    return try #require(
      JSONCut(value.bytes(layout: .pretty), of: ["list"], depth: 3).lists.first)
  }

  /// What is written where so many objects and arrays are open; nil for nothing.
  private static func written(
    depth: Int, layout: JSONWriter.Layout = .pretty, _ body: (inout JSONWriter) -> Bool
  ) -> [UInt8]? {
    var writer = JSONWriter(layout: layout)
    var isWritten = false
    func open(_ depth: Int, _ writer: inout JSONWriter) {
      if depth > 1 { return writer.object("in") { open(depth - 1, &$0) } }
      isWritten = body(&writer)
      writer.member("after", 1)
    }
    writer.object { open(depth, &$0) }
    return isWritten ? writer.bytes : nil
  }

  @Test("a copy is what is written of the same values, wherever it stands", arguments: 3..<7)
  func copied(depth: Int) throws {
    for count in 1...Self.objects.count {
      let text = try Self.text(Array(Self.objects.prefix(count)))
      for most in 1...5 {
        let copied = Self.written(depth: depth) {
          $0.array("list", text, most: most, by: Self.copier)
        }
        let written = Self.written(depth: depth) {
          $0.array("list", Self.objects.prefix(min(most, count)))
          return true
        }
        #expect(copied == written)
      }
    }
  }

  @Test("objects with other members are not copied, nor what is to stand elsewhere")
  func others() throws {
    let other: [JSONValue] = [
      [:], ["id": "1", "label": "One"], ["id": "1", "settings": [:], "label": "One"],
      ["id": "1", "label": "One", "settings": [:], "exceptions": ["e"]],
      ["ids": "1", "label": "One", "settings": [:]], 1, [1], "x",
    ]
    for object in other {
      for objects in [[object], Self.objects + [object]] {
        let text = try Self.text(objects)
        #expect(Self.written(depth: 5) { $0.array("a", text, most: 9, by: Self.copier) } == nil)
      }
    }
    let text = try Self.text(Self.objects)
    #expect(
      Self.written(depth: 5, layout: .compact) { $0.array("a", text, most: 9, by: Self.copier) }
        == nil)
    #expect(Self.written(depth: 2) { $0.array("a", text, most: 9, by: Self.copier) } == nil)
    #expect(Self.written(depth: 5) { $0.array("a", text, most: 0, by: Self.copier) } == nil)
    #expect(Self.written(depth: 5) { $0.array("a", [], most: 9, by: Self.copier) } == nil)
  }

  @Test("whatever the text is, what is written is JSON", arguments: 0..<40)
  func hostile(seed: Int) throws {
    var random = Numbers(state: UInt64(seed))
    let text = Array(try Self.text(Self.objects))
    for _ in 0..<200 {
      var broken = text
      for _ in 0..<Int.random(in: 1..<4, using: &random) {
        let place = Int.random(in: 0..<broken.count, using: &random)
        let end = min(broken.count, place + Int.random(in: 0..<12, using: &random))
        let part = Int.random(in: 0..<text.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: broken[place] = Array("\n\" {}[],:\\1\u{0}".utf8).randomElement(using: &random) ?? 0
        case 1: broken.removeSubrange(place..<end)
        case 2: broken.insert(contentsOf: text[part..<min(text.count, part + 40)], at: place)
        default: broken.removeSubrange(max(1, place)...)
        }
      }
      let most = Int.random(in: 1..<6, using: &random)
      if let bytes = Self.written(
        depth: 5, { $0.array("a", broken[...], most: most, by: Self.copier) })
      {
        #expect(throws: Never.self) { try JSONView(parsing: bytes) }
      }
    }
  }
}
