import Foundation
import Testing

@testable import JSON

@Suite("JSONLines")
struct JSONLinesTests {
  /// Reads through a pipe in chunks of a size.
  private func read(
    _ text: String, chunk: Int, lineLimit: Int = 1 << 20
  ) throws -> (lines: [String], bytes: [UInt8]) {
    let path = FileManager.default.temporaryDirectory.appending(path: "lines-\(UUID().uuidString)")
      .path
    try Data(text.utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    var reader = JSONLines(lineLimit: lineLimit, chunkSize: chunk)
    var lines: [String] = []
    var bytes: [UInt8] = []
    try reader.read(path: path, bytes: { bytes += $0 }) { line in
      lines.append(
        "\(line.number): \(String(decoding: JSONValue(line.view).bytes(), as: UTF8.self))")
    }
    return (lines, bytes)
  }

  private let text = "{\"a\":1}\n\n[\"é\u{1F600}\"]\r\n  \n\"three\"\n12345"
  private let expected = [#"1: {"a":1}"#, #"3: ["é😀"]"#, #"5: "three""#, "6: 12345"]

  @Test("gives the same lines wherever the chunks are cut", arguments: Array(1...45))
  func chunks(size: Int) throws {
    let result = try read(text, chunk: size)
    #expect(result.lines == expected)
    #expect(result.bytes == Array(text.utf8))
  }

  @Test("gives the same lines from memory")
  func memory() throws {
    var reader = JSONLines()
    var lines: [String] = []
    try reader.read(Array(text.utf8)) { line in
      lines.append(
        "\(line.number): \(String(decoding: JSONValue(line.view).bytes(), as: UTF8.self))")
    }
    #expect(lines == expected)
  }

  @Test("names the line and the byte of a fault")
  func fault() throws {
    let error = #expect(throws: JSONError.self) { try read("[1]\n[2]\n[3,]\n", chunk: 5) }
    #expect(error?.description == "line 3, byte 3: expected a value, found ']'")
  }

  @Test("names the line and the limit of a line that is too long", arguments: [3, 64, 4096])
  func tooLong(chunk: Int) throws {
    let long = "[1]\n\"" + String(repeating: "x", count: 300) + "\"\n"
    #expect(try read(long, chunk: chunk, lineLimit: 302).lines.count == 2)
    let error = #expect(throws: JSONError.self) { try read(long, chunk: chunk, lineLimit: 301) }
    #expect(error?.description == "line 2: the line is longer than the limit of 301 bytes")
  }

  @Test("reads lines longer than a chunk, and many of them")
  func longLines() throws {
    let line = "[" + (0..<2_000).map(String.init).joined(separator: ",") + "]"
    let result = try read(String(repeating: line + "\n", count: 50), chunk: 100)
    #expect(result.lines.count == 50)
    #expect(result.lines.last == "50: \(line)")
  }

  @Test("uses one document for a stream whose lines are not kept")
  func reuse() throws {
    var reader = JSONLines()
    var identities: Set<ObjectIdentifier> = []
    try reader.read(Array(String(repeating: "{\"a\":[1,2,3]}\n", count: 100).utf8)) { line in
      identities.insert(ObjectIdentifier(line.view.document))
    }
    #expect(identities.count == 1)
  }

  @Test("keeps the lines that are kept")
  func kept() throws {
    var reader = JSONLines()
    var kept: [JSONView] = []
    try reader.read(Array((0..<100).map { "[\($0)]\n" }.joined().utf8)) { kept.append($0.view) }
    #expect(kept.map { $0[0]?.int } == Array(0..<100))
  }

  @Test("says which file can't be opened")
  func missing() {
    var reader = JSONLines()
    var found: String?
    do { try reader.read(path: "/nowhere/x.ndjson") { _ in } } catch { found = "\(error)" }
    #expect(found == "can't open /nowhere/x.ndjson: No such file or directory")
  }

  @Test("ends when the closure throws")
  func closureThrows() {
    struct Stop: Error {}
    var reader = JSONLines()
    var count = 0
    #expect(throws: Stop.self) {
      try reader.read(Array("1\n2\n3".utf8)) { _ in
        count += 1
        if count == 2 { throw Stop() }
      }
    }
    #expect(count == 2)
  }
}
