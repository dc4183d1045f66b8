import JSON
import TestSupport
import Testing

@testable import Posture

@Suite("Texts of records with lists left unread")
struct RecordedTextTests {
  private static let bytes = StateCodec.encode(StateCodecTests.instance).bytes(layout: .pretty)

  /// The verdicts as they are kept, with the texts of their lists.
  private static func kept(_ verdicts: [String: Verdict]) throws -> [String: Verdict] {
    let results = StateCodec.encode(verdicts)
    let text = try RecordedText(
      own: JSONValue.object([("verdicts", results)]).bytes(layout: .pretty))
    let read = try StateCodec.decodeVerdicts(text, member: "verdicts", path: "x")
    #expect(text.isTaken)
    return read
  }

  @Test("what is kept is read as it was written, with a text for every list that has elements")
  func own() throws {
    let kept = try Self.kept([
      "r": StateCodecTests.verdict, "s": Verdict(compliance: .notApplicable),
    ])
    #expect(kept["r"]?.texts.count == 2)
    #expect(kept["s"]?.texts.count == 0)
    #expect(kept["r"] == StateCodecTests.verdict)
    #expect(kept["r"]?.affected == StateCodecTests.verdict.affected)
    #expect(kept["r"]?.settings == StateCodecTests.verdict.settings)
    #expect(kept["r"]?.hashValue == StateCodecTests.verdict.hashValue)
  }

  @Test("a record with lists that are known is the record")
  func known() throws {
    let verdict = try #require(try Self.kept(["r": StateCodecTests.verdict])["r"])
    let text = try RecordedText(Self.bytes, knowing: verdict.texts)
    let read = try StateCodec.decodeInstance(text, path: "state.json")
    #expect(text.isTaken)
    #expect(read == StateCodecTests.instance)
    let result = try #require(read.results["r"])
    #expect(result.verdict.texts.elementsEqual(verdict.texts) { $0 === $1 })
    #expect(result.verdict.isSetAlike(verdict))
    #expect(result.verdict.affectsAlike(verdict))
    #expect(StateCodec.encode(read).bytes(layout: .pretty) == Self.bytes)
  }

  @Test("another list is read where it stands")
  func other() throws {
    var other = StateCodecTests.verdict
    other.affected = [AffectedResource(id: "1", label: "One", settings: ["a": nil])]
    let verdict = try #require(try Self.kept(["r": other])["r"])
    let text = try RecordedText(Self.bytes, knowing: verdict.texts)
    let read = try StateCodec.decodeInstance(text, path: "state.json")
    #expect(text.isTaken)
    #expect(read == StateCodecTests.instance)
    #expect(read.results["r"]?.verdict.texts.count == 1)
  }

  @Test("numbers that stand for nothing are told")
  func numbers() throws {
    let verdict = try #require(try Self.kept(["r": StateCodecTests.verdict])["r"])
    let written = String(decoding: Self.bytes, as: UTF8.self)
    let list = "\"settings\": " + String(decoding: verdict.texts[1].bytes, as: UTF8.self)
    // A number of its own, and a list where no result has one.
    for (old, new) in [
      (#""affected": []"#, #""affected": 0"#), (#""affected": ["#, #""affected": 0, "y": ["#),
      (list, "\"y\": {\n      \(list)}"),
    ] {
      let text = written.replacing(old, with: new, maxReplacements: 1)
      #expect(text != written)
      let cut = try? RecordedText(Array(text.utf8), knowing: verdict.texts)
      let read = cut.flatMap { try? StateCodec.decodeInstance($0, path: "state.json") }
      #expect(read == nil || cut?.isTaken == false, "\(new)")
    }
  }
}
