import Observation
import Posture
import TestSupport
import Testing

@testable import plumb

@Suite("Verbose observing")
struct VerboseTests {
  @Test("tells every request on standard error, and no secret", arguments: [["observe"], ["plan"]])
  func requests(arguments: [String]) async throws {
    try await VendorServer.serve { request, index in
      index == 0
        ? .json("{}", status: 429, headers: [("retry-after", "0")]) : LiveCompany.answer(request)
    } _: { server in
      let company = try LiveCompany(LiveCompany.instance(at: server.authority))
      let run = try company.plumb(arguments + ["--verbose"], at: [server])
      #expect(run.status == 0)
      for path in ["users", "policies", "audits"] {
        #expect(
          run.error.split(separator: "\n").contains {
            $0.hasPrefix("debug: answered instance=acme-eu bytes=")
              && $0.hasSuffix("method=GET status=200 url=\(server.origin)/api/\(path)")
          }, "\(path)")
        #expect(run.error.contains("debug: page instance=acme-eu collection=\(path) items="))
      }
      #expect(run.error.contains("info: waiting instance=acme-eu host=\(server.authority) reason="))
      #expect(
        run.error.contains("info: collection instance=acme-eu count=3 name=users state=complete"))
      #expect(!run.error.contains(LiveCompany.token) && !run.output.contains(LiveCompany.token))
    }
  }

  @Test("a value with blanks is quoted, control characters are spelt out")
  func line() {
    #expect(
      ConsoleLog.line(
        "info: said", ["b": "two words", "a": "x\u{1B}[2J", "instance": "i", "c": ""])
        == #"info: said instance=i a=x\u{1B}[2J b="two words""#)
  }

  @Test("a bar for each instance under way, no wider than the terminal")
  func progress() {
    var progress = ProgressOfInstances()
    func event(_ instance: String, _ event: ObservationProgress.Event) {
      progress.take(ObservationProgress(instance: instance, collections: 4, event: event))
    }
    event("okta-eu", .began)
    event("github", .began)
    event("okta-eu", .advanced(collection: "users", resources: 1_200))
    event("okta-eu", .finished(CollectionResult(name: "users", state: .complete, count: 1_200)))
    #expect(
      progress.lines(width: 100) == [
        "okta-eu  █████░░░░░░░░░░░░░░░ 1 of 4 collections, 1200 resources",
        "github   ░░░░░░░░░░░░░░░░░░░░ 0 of 4 collections, 0 resources",
      ])
    for name in ["a", "b", "c", "d"] {
      event("github", .finished(CollectionResult(name: name, state: .complete, count: 0)))
    }
    #expect(
      progress.lines(width: 40) == [
        "okta-eu  █████░░░░░░░░░░░░░░░ 1 of 4 co", "1 instance observed",
      ])
  }
}
