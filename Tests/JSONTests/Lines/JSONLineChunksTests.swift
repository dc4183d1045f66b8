import Foundation
import Testing

@testable import JSON

@Suite("JSONLineChunks")
struct JSONLineChunksTests {
  /// A line that is not blank: its number, its place among those, and its value.
  private struct Found: Equatable {
    var lines: [String] = []
    var error: String?
    var bytes: [UInt8] = []
    var values = 0
  }

  private static func file<Result>(
    _ text: String, _ body: (Int32) throws -> Result
  ) throws -> Result {
    let path = FileManager.default.temporaryDirectory.appending(path: "chunks-\(UUID().uuidString)")
      .path
    try Data(text.utf8).write(to: URL(filePath: path))
    let handle = try #require(FileHandle(forReadingAtPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(handle.fileDescriptor)
  }

  private static func word(_ line: JSONLines.Line, _ place: Int) -> String {
    "\(line.number) \(place) \(JSONValue(line.view).compactText)"
  }

  /// What one reader finds.
  private static func whole(_ text: String, lineLimit: Int) throws -> Found {
    try file(text) { descriptor in
      var lines = JSONLines(lineLimit: lineLimit, chunkSize: 16)
      var found = Found()
      do {
        try lines.read(descriptor: descriptor, bytes: { found.bytes += $0 }) { line in
          found.values += 1
          found.lines.append(word(line, found.values))
        }
      } catch let error as JSONError {
        found.error = error.description
      }
      return found
    }
  }

  /// The same from chunks.
  private static func chunked(_ text: String, size: Int, lineLimit: Int) throws -> Found {
    try file(text) { descriptor in
      var chunks = JSONLineChunks(size: size, lineLimit: lineLimit)
      var lines = JSONLines(lineLimit: lineLimit)
      let chunk = JSONLineChunk(capacity: size)
      var found = Found()
      do {
        while try chunks.next(into: chunk, from: descriptor) {
          found.bytes += chunk.read
          var place = chunk.valuesBefore
          try lines.read(chunk) { line in
            place += 1
            found.lines.append(word(line, place))
          }
          // A long line's memory goes, what was read behind it stays.
          if chunk.capacity > 64 { chunk.shrink(to: 8) }
        }
        found.values = chunks.values
      } catch let error as JSONError {
        found.error = error.description
      }
      return found
    }
  }

  @Test("have the lines of one reader, wherever they are cut", arguments: Array(1...60))
  func cuts(size: Int) throws {
    for end in ["", "\n", "\n\n", "\r\n \t"] {
      let text = "{\"a\":1}\n\n[\"é\u{1F600}\"]\r\n  \n\"three\"\n12345" + end
      #expect(
        try Self.chunked(text, size: size, lineLimit: 1 << 20)
          == Self.whole(text, lineLimit: 1 << 20))
    }
  }

  @Test("are none of an empty file, and one of blank lines")
  func blank() throws {
    #expect(try Self.chunked("", size: 8, lineLimit: 9) == Found())
    let blank = try Self.chunked("\n \n", size: 8, lineLimit: 9)
    #expect(blank.lines == [] && blank.values == 0 && blank.error == nil)
  }

  @Test("end at the fault at which one reader ends, and say the same")
  func faults() throws {
    var random = Numbers()
    let kinds = [
      "{\"a\":[1,2,{\"b\":null}]}", "", " \t", "7", "\"\(String(repeating: "x", count: 70))\"",
      "{\"a\":", "[1,]", "\"\(String(repeating: "y", count: 200))\"", "nul",
    ]
    var ended = 0
    for _ in 0..<300 {
      let lines = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        // The last ones are faults.
        kinds[
          Int.random(in: 0..<(Bool.random(using: &random) ? 5 : kinds.count), using: &random)]
      }
      let text = lines.joined(separator: "\n") + (Bool.random(using: &random) ? "\n" : "")
      let expected = try Self.whole(text, lineLimit: 100)
      let found = try Self.chunked(
        text, size: Int.random(in: 1...300, using: &random), lineLimit: 100)
      #expect(found.lines == expected.lines && found.error == expected.error)
      ended += expected.error == nil ? 0 : 1
    }
    #expect((50..<250).contains(ended))
  }

  @Test("say that a file cannot be read")
  func unreadable() {
    var chunks = JSONLineChunks()
    let chunk = JSONLineChunk(capacity: 8)
    let error = #expect(throws: JSONError.self) { try chunks.next(into: chunk, from: -1) }
    #expect(error?.kind == .file)
  }
}

/// The same numbers on every machine, so that a failing case can be run again: SplitMix64.
struct Numbers: RandomNumberGenerator {
  var state: UInt64 = 3

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
