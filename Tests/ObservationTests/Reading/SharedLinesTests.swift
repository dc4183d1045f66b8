import Connectors
import Foundation
import JSON
import Posture
import Synchronization
import TestSupport
import Testing
import YAML

@testable import Observation

/// A file of lines that several threads read: what comes of it is what one thread finds.
@Suite("A file that threads share")
struct SharedLinesTests {
  /// What a judge was given: places and values.
  private final class Recorder: ResourceJudge, Sendable {
    private let taken = Mutex<[(place: Int, text: String)]>([])
    var all: [(place: Int, text: String)] { taken.withLock { $0 } }

    func take(_ resource: ObservedResource, place: Int) {
      let text = JSONValue(resource.view).compactText
      taken.withLock { $0.append((place, text)) }
    }
  }

  private static func line(_ index: Int, _ random: inout Random) -> String {
    switch Int.random(in: 0..<20, using: &random) {
    case 0: ""
    case 1: " \t\r"
    case 2: #"{"id":"same","name":"twice"}"#
    case 3: "{\"id\":\(index),\"name\":\"\(String(repeating: "é", count: 900))\"}"
    default: #"{"id":"u\#(index)","name":"\#(index % 7)","list":[1,2,{"a":null}]}"#
    }
  }

  /// What one thread finds, in order, and how it ends.
  private static func whole(_ text: String) -> (lines: [String], error: String?) {
    var lines = JSONLines()
    var found: [String] = []
    do {
      try lines.read(Array(text.utf8)) { found.append(JSONValue($0.view).compactText) }
      return (found, nil)
    } catch {
      return (found, (error as? JSONError)?.description)
    }
  }

  private static func check(_ text: String, chunkSize: Int, threads: Int) throws {
    let scratch = try Scratch()
    try scratch.write(text, to: "lines.ndjson")
    let file = try #require(try WorkingDirectory(root: scratch.path).open("lines.ndjson"))
    let expected = whole(text)
    let helpers = Helpers(cores: threads, instances: 1)
    var judges: [Recorder] = []
    do throws(JSONError) {
      let lines = SharedLines(file, ResourceShape(nil), chunkSize: chunkSize, alone: 1)
      let read = try lines.read(helpers) {
        judges.append(Recorder())
        return judges[judges.count - 1]
      }
      #expect(read.sha256 == StoredObservation.sha256(text))
      #expect(read.count == expected.lines.count && read.untyped == nil)
      let taken = judges.flatMap(\.all).sorted { $0.place < $1.place }
      #expect(taken.map(\.place) == Array(1...max(1, expected.lines.count)))
      #expect(taken.map(\.text) == expected.lines)
    } catch {
      #expect(error.description == expected.error)
    }
    #expect(judges.count <= threads)
    for judge in judges {
      #expect(judge.all.map(\.place) == judge.all.map(\.place).sorted())
    }
    withExtendedLifetime(scratch) {}
  }

  @Test("hands out every line once, with its place", arguments: [1, 2, 3, 7])
  func lines(threads: Int) throws {
    var random = Random(seed: 11)
    for end in ["\n", ""] {
      let lines = (0..<1_000).map { Self.line($0, &random) } + [#"{"id":"last"}"#]
      for size in [50, 1_000, 64 << 10] {
        try Self.check(lines.joined(separator: "\n") + end, chunkSize: size, threads: threads)
      }
    }
  }

  @Test("ends at the first line that has a fault, and names it", arguments: [1, 2, 3, 7])
  func faults(threads: Int) throws {
    var random = Random(seed: 12)
    for round in 0..<12 {
      var lines = (0..<600).map { Self.line($0, &random) }
      for _ in 0...(round % 3) {
        lines[Int.random(in: 0..<600, using: &random)] =
          ["{\"id\":", "[1,]", "{\"a\":1}}", "\u{FEFF}"].randomElement(using: &random) ?? ""
      }
      let size = Int.random(in: 40...9_000, using: &random)
      try Self.check(lines.joined(separator: "\n"), chunkSize: size, threads: threads)
    }
  }

  @Test("reads a line that is longer than what is read by several threads at once")
  func long() throws {
    let long = "{\"id\":\"long\",\"name\":\"\(String(repeating: "x", count: 3 << 20))\"}"
    let few = (0..<400).map { "{\"id\":\"u\($0)\"}" }
    try Self.check(
      (few + [long] + few + [long, long]).joined(separator: "\n"), chunkSize: 2_000, threads: 3)
  }

  @Test("a collection is judged the same by 1, 2, 3 and 7 threads")
  func verdicts() throws {
    let fields = """
      collection: policies
      compliant: resource.minimum > 7
      label: resource.name
      settings: { minimum: resource.minimum }
      """
    let declared = Declared(
      [
        Declare.recommendation("r", of: "okta", fields),
        Declare.instance("okta-eu", source: "recorded: { path: o }"),
      ].documents,
      catalog: Declare.connector("okta", "policies: { identity: id, label: name }"))
    let compiled = declared.compile()
    try #require(!declared.diagnostics.hasErrors, "\(declared.diagnostics)")
    let policies = (0..<9_000).map { index -> JSONValue in
      [
        "id": .string("p\(index * 7_919 % 9_001)"), "minimum": .int(Int64(index % 15)),
        "name": .string("\(index) " + String(repeating: "n", count: 400)),
      ]
    }
    let scratch = try Scratch()
    try scratch.write(StoredObservation(["policies": policies]), to: "o")
    let evaluator = compiled.evaluator(
      for: try #require(declared.state.instances.first), in: declared.state,
      now: try #require(Instant("2026-06-01T07:00:00Z")))
    var reading = try RecordedReading(
      WorkingDirectory(root: scratch.path), path: "o", app: "okta",
      connector: declared.library.connectors["okta"])
    let expected = evaluator.evaluate(reading)
    #expect(expected["r"]?.counted == 9_000)
    for threads in [1, 2, 3, 7] {
      reading.helpers = Helpers(cores: threads, instances: 1)
      #expect(
        StateCodec.encode(evaluator.evaluate(reading)).bytes()
          == StateCodec.encode(expected).bytes())
      #expect(reading.provenFiles?.count == 1)
    }
    withExtendedLifetime(scratch) {}
  }

  @Test("all that judge are never more than the cores")
  func cores() {
    let helpers = Helpers(cores: 3, instances: 4)
    #expect(!helpers.take())
    helpers.finishInstance()
    #expect(!helpers.take())
    helpers.finishInstance()
    #expect(helpers.take() && !helpers.take())
    helpers.finishInstance()
    #expect(helpers.take() && !helpers.take())
    helpers.giveBack()
    #expect(helpers.take() && !helpers.take())
  }
}
