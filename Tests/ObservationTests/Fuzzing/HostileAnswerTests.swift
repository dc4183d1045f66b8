import Connectors
import JSON
import TestSupport
import Testing
import YAML

@testable import Connectors
@testable import Observation
@testable import Posture

/// What a vendor may send, mutated: nothing may trap, and what is computed of it stays within its bounds.
@Suite("Hostile answers") struct HostileAnswerTests {
  @Test("Link headers give targets or nothing")
  func links() {
    var mutator = Mutator(texts: [
      #"<https://api.example.com/items?page=2>; rel="next", <https://api.example.com/items?page=9>; rel="last""#,
      "</items?after=a,b>; title=\"a, \\\"b\\\"\"; rel=next", "<>;rel=next prev;;,<x>",
    ])
    var found = 0
    mutator.runTexts("Link headers") { text in
      for link in LinkHeader.links(in: text) where link.relations.contains("next") {
        #expect(!link.target.contains(">"))
        found += 1
      }
    }
    #expect(found > 0)
  }

  @Test("waits are between none and a century, whatever a vendor asks for")
  func waits() {
    var mutator = Mutator(texts: [
      "120", "1.5", "Sun, 06 Nov 1994 08:49:37 GMT", "1780000000", "2026-06-01T07:00:00Z", "-3",
    ])
    let headers = [
      Connector.RateLimit.Unit.seconds, .epoch, .time,
    ].map { Connector.RateLimit(remaining: "x-remaining", reset: "x-reset", unit: $0) }
    let century = 0...3_155_760_000.0
    var read = 0
    mutator.runTexts("Retry-After and rate limits") { text in
      let response = APIResponse(
        status: 429,
        headers: [("retry-after", text), ("x-remaining", "0"), ("x-reset", text)].map {
          APIRequest.Header($0.0, $0.1)
        }, body: [])
      let waits =
        [RateLimitReading.retryAfter(response, now: 1_780_000_000)]
        + headers.map { RateLimitReading.pause(response, [$0], now: 1_780_000_000) }
      for wait in waits.compactMap(\.self) {
        read += 1
        #expect(century.contains(wait), "\(text)")
      }
    }
    #expect(read > 100)
  }

  @Test("what an export holds is read, or refused with a reason")
  func exports() throws {
    let library = Declared(catalog: ExporterFaultTests.format).library
    let format = try #require(library.exportFormats["dump"])
    var mutator = Mutator(texts: [ExporterFaultTests.export()])
    var read = 0
    mutator.run("exports") { bytes in
      guard
        let reading = try? ExportReading(
          ExportFile(bytes: bytes), path: "export.json", format: format)
      else { return }
      for collection in reading.summary.collections {
        try? reading.forEachResource(in: collection.name) { _ in read += 1 }
      }
    }
    #expect(read > 100)
  }
}
