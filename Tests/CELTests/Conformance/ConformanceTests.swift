import Foundation
import JSON
import Testing

@testable import CEL

/// The language's own conformance suite, read from the folder that `CEL_CONFORMANCE` names, or from
/// `../shared/conformance/cel` beside the package.
@Suite("CEL conformance")
struct ConformanceTests {
  /// Cases that can't pass, each with the reason.
  static let known: [String: String] = [:]

  static var folder: String {
    ProcessInfo.processInfo.environment["CEL_CONFORMANCE"]
      ?? URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "shared/conformance/cel").path
  }

  static var files: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".json") }.sorted()
  }

  @Test(
    "tells a case that fails from one that passes",
    arguments: [
      (#""expr": "1 + 1", "expect": {"value": {"int": "2"}}"#, nil),
      (#""expr": "1 + 1", "expect": {"value": {"int": "3"}}"#, "gives 2, not 3"),
      (#""expr": "1 + 1", "expect": {"value": {"double": "2.0"}}"#, "gives 2, not 2.0"),
      (#""expr": "1 + 1", "expect": {"error": "x"}"#, "gives 2, not an error"),
      (#""expr": "1 / 0", "expect": {"value": {"int": "2"}}"#, "fails: division by zero"),
      (#""expr": "1 / 0", "expect": {"error": "x"}"#, nil),
      (
        #""expr": "a", "expect": {"value": {"int": "2"}}"#,
        "does not compile: undeclared reference to 'a'"
      ),
      (
        #""expr": "[1]", "check_only": true, "expect": {"typed_result": {"type": "list(dyn)"}}"#,
        "type list(int), not list(dyn)"
      ),
      (
        #""expr": "[1]", "check_only": true, "expect": {"typed_result": {"type": "list(int)"}}"#,
        nil
      ),
    ] as [(String, String?)])
  func runner(members: String, failure: String?) throws {
    let view = try JSONView(parsing: "{\"requires_protobuf\": false, \(members)}")
    #expect(try #require(ConformanceCase(view)).failure() == failure)
  }

  @Test(
    "every case without protobuf passes",
    .enabled(if: !ConformanceTests.files.isEmpty, "no cases: set CEL_CONFORMANCE to their folder"))
  func suite() throws {
    var total = (passed: 0, failed: 0, skipped: 0)
    var parser = JSONParser()
    for file in Self.files {
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(Self.folder)/\(file)")))
      let document = try parser.parse(bytes)
      var count = (passed: 0, failed: 0, skipped: 0)
      for view in try #require(document["cases"]).elements {
        guard let conformanceCase = ConformanceCase(view) else {
          count.skipped += 1
          continue
        }
        let failure = conformanceCase.failure()
        if let failure, Self.known[conformanceCase.name] == nil {
          count.failed += 1
          Issue.record("\(file) \(conformanceCase.name): \(conformanceCase.expression): \(failure)")
        } else if failure == nil, Self.known[conformanceCase.name] != nil {
          Issue.record("\(conformanceCase.name) passes now: take it off the list")
        } else {
          count.passed += failure == nil ? 1 : 0
          count.skipped += failure == nil ? 0 : 1
        }
      }
      print("\(file): \(count.passed) passed, \(count.failed) failed, \(count.skipped) skipped")
      total = (
        total.passed + count.passed, total.failed + count.failed, total.skipped + count.skipped
      )
    }
    print("total: \(total.passed) passed, \(total.failed) failed, \(total.skipped) skipped")
  }
}
