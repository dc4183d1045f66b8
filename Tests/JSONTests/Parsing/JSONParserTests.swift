import Testing

@testable import JSON

@Suite("JSONParser")
struct JSONParserTests {
  @Test(
    "names the fault and its byte",
    arguments: [
      (
        #"{"a": 1,}"#, JSONError.Kind.syntax,
        "byte 8: expected a member's name in double quotes, found '}'"
      ),
      (#"[1 2]"#, .syntax, "byte 3: expected ',' or ']', found '2'"),
      (#"{"a" 1}"#, .syntax, "byte 5: expected ':' after a member's name, found '1'"),
      (#"[1, 2"#, .syntax, "byte 5: expected ',' or ']', found the end"),
      ("[", .syntax, "byte 1: expected a value, found the end"),
      ("[1] x", .syntax, "byte 4: unexpected 'x' after the value"),
      ("[tru]", .syntax, "byte 1: expected 'true'"),
      ("[nulll]", .syntax, "byte 1: expected 'null'"),
      ("[01]", .number, "byte 1: a number is malformed"),
      ("[1.]", .number, "byte 1: a number is malformed"),
      ("[-]", .number, "byte 1: a number is malformed"),
      ("[1e]", .number, "byte 1: a number is malformed"),
      (
        "[18446744073709551616]", .number,
        "byte 1: the integer 18446744073709551616 does not fit in 64 bits"
      ),
      (
        "[-9223372036854775809]", .number,
        "byte 1: the integer -9223372036854775809 does not fit in 64 bits"
      ),
      ("[1e400]", .number, "byte 1: the number 1e400 does not fit in a double"),
      (#"["a"#, .string, "byte 1: a string is not closed"),
      (#"["\q"]"#, .string, "byte 2: a string holds an unknown escape"),
      (#"["\u12g4"]"#, .string, "byte 2: a string holds an unknown escape"),
      (#"["\ud800"]"#, .string, "byte 2: a surrogate stands alone"),
      (#"["\ud800\u0041"]"#, .string, "byte 2: a surrogate stands alone"),
      ("[\"a\nb\"]", .string, "byte 3: a string holds an unescaped control character"),
      ("", .empty, "byte 0: the document is empty"),
      ("  \n ", .empty, "byte 4: the document is empty"),
    ])
  func faults(text: String, kind: JSONError.Kind, description: String) throws {
    let error = #expect(throws: JSONError.self) { try JSONView(parsing: text) }
    #expect(error?.kind == kind)
    #expect(error?.description == description)
  }

  @Test(
    "refuses bytes that are not UTF-8",
    arguments: [
      ([0x22, 0xFF, 0x22], 1), ([0x22, 0xC0, 0x80, 0x22], 1), ([0x22, 0xE0, 0x80, 0x80, 0x22], 1),
      ([0x22, 0xED, 0xA0, 0x80, 0x22], 1), ([0x22, 0x61, 0xF4, 0x90, 0x80, 0x80, 0x22], 2),
      ([0x22, 0x61, 0xC3], 2),
    ] as [([UInt8], Int)])
  func encoding(bytes: [UInt8], offset: Int) {
    let error = #expect(throws: JSONError.self) { try JSONView(parsing: bytes) }
    #expect(error?.kind == .encoding)
    #expect(error?.offset == offset)
  }

  @Test("skips a byte order mark, and counts it in offsets")
  func byteOrderMark() throws {
    #expect(try JSONView(parsing: [0xEF, 0xBB, 0xBF] + Array("[1]".utf8))[0]?.int == 1)
    let error = #expect(throws: JSONError.self) {
      try JSONView(parsing: [0xEF, 0xBB, 0xBF] + Array("[x]".utf8))
    }
    #expect(error?.offset == 4)
  }

  @Test("takes as many levels as the limit and no more", arguments: [1, 16, 256, 2_000])
  func depth(limit: Int) throws {
    var parser = JSONParser(limits: JSONLimits(depth: limit))
    func nested(_ levels: Int) -> [UInt8] {
      Array((String(repeating: "[", count: levels) + String(repeating: "]", count: levels)).utf8)
    }
    #expect(try parser.parse(nested(limit)).kind == .array)
    var error: JSONError?
    do throws(JSONError) { _ = try parser.parse(nested(limit + 1)) } catch let found {
      error = found
    }
    #expect(
      error?.description
        == "byte \(limit): arrays and objects are nested deeper than the limit of \(limit)")
  }

  @Test("takes as many bytes as the limit and no more")
  func size() throws {
    var parser = JSONParser(limits: JSONLimits(size: 5))
    #expect(try parser.parse("[1,2]").count == 2)
    var found: JSONError?
    do throws(JSONError) { _ = try parser.parse("[1,22]") } catch { found = error }
    #expect(found?.description == "the document has 6 bytes, more than the limit of 5")
  }

  @Test("uses a document's memory again only when nothing refers to it")
  func reuse() throws {
    var parser = JSONParser()
    let first = try parser.parse(#"{"a": "first"}"#)
    let second = try parser.parse(#"{"a": "second"}"#)
    #expect(first["a"]?.string == "first")
    #expect(second["a"]?.string == "second")
    var identities: Set<ObjectIdentifier> = []
    for index in 0..<10 {
      let view = try parser.parse("[\(index)]")
      identities.insert(ObjectIdentifier(view.document))
    }
    #expect(identities.count <= 2)
  }

  @Test("parses after a refused document")
  func recovers() throws {
    var parser = JSONParser()
    for _ in 0..<3 {
      #expect((try? parser.parse(#"{"a": [1, 2"#)) == nil)
      #expect(try parser.parse(#"{"a": [1, 2]}"#)["a"]?.count == 2)
    }
  }

  @Test("agrees with the fault scanner about what is JSON, whatever the bytes")
  func mutations() throws {
    let seed =
      #"{"a":[1,-2.5e3,true,false,null,"x\n\u00e9\ud83d\ude00"],"bé":{"c":{}},"d":[[],[{}]]}"#
    var random = SplitMix(seed: 7)
    var parser = JSONParser(limits: JSONLimits(depth: 6))
    for _ in 0..<20_000 {
      var bytes = Array(seed.utf8)
      for _ in 0...random.below(4) {
        let position = random.below(bytes.count)
        switch random.below(3) {
        case 0: bytes[position] = UInt8(random.below(256))
        case 1: bytes.remove(at: position)
        default: bytes.insert(Array(#"{}[]",:\0e-.tn "#.utf8)[random.below(15)], at: position)
        }
      }
      do throws(JSONError) {
        let view = try parser.parse(bytes)
        // What is accepted can be written and read again.
        let again = try JSONView(parsing: JSONValue(view).bytes())
        #expect(JSONValue(again) == JSONValue(view))
      } catch {
        #expect(error.offset != nil, "\(String(decoding: bytes, as: UTF8.self)): \(error)")
      }
    }
  }
}

/// Random numbers that are the same in every run.
struct SplitMix {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
