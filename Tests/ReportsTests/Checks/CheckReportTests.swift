import JSON
import Posture
import Testing
import YAML

@testable import Reports

@Suite("What validate and test print")
struct CheckReportTests {
  private let diagnostics = [
    Diagnostic(
      .error, "no field 'appp'; did you mean 'app'?",
      at: Mark(file: "desired-state/a|b.yaml", line: 7, column: 11)),
    Diagnostic(
      .warning, "it \u{1B}[31m<b>is</b> odd", at: Mark(file: "c.yaml", line: 1, column: 1)),
  ]
  private let counts = DeclaredCounts(Sample.desired, files: 3)

  @Test("validation as JSON names every fault's place")
  func validationJSON() throws {
    let bytes = JSONReport.validation(diagnostics, counts: counts)
    let value = try JSONValue(JSONView(parsing: bytes))
    #expect(value["kind"] == "Validation")
    #expect(value["valid"] == false)
    #expect(value["counts"]?["files"] == 3)
    #expect(value["counts"]?["instances"] == .int(Int64(Sample.desired.instances.count)))
    let first = value["diagnostics"]?[0]
    #expect(first?["severity"] == "error")
    #expect(first?["file"] == "desired-state/a|b.yaml")
    #expect(first?["line"] == 7)
    #expect(first?["column"] == 11)
    #expect(first?["message"] == "no field 'appp'; did you mean 'app'?")
    let warned = JSONReport.validation(Array(diagnostics.dropFirst()), counts: counts)
    #expect(try JSONValue(JSONView(parsing: warned))["valid"] == true)
  }

  @Test("validation as Markdown is inert")
  func validationMarkdown() {
    let text = MarkdownReport.validation(diagnostics, counts: counts)
    #expect(text.hasPrefix("## Desired state: 1 error\n"))
    #expect(text.contains("| `desired-state/a\\|b.yaml:7:11` | error |"))
    #expect(!text.contains("\u{1B}"))
    #expect(!text.contains("<b>"))
    #expect(
      MarkdownReport.validation([], counts: counts).hasPrefix("## Desired state: valid\n"))
  }

  @Test("tests in each form")
  func tests() throws {
    let run = TestRun(
      diagnostics: [], recommendations: 2, passed: 5,
      failures: [
        RecommendationTester.Failure(
          recommendation: "okta-mfa-required", mark: Mark(file: "r.yaml", line: 9, column: 7),
          message: "expected compliant, found notCompliant")
      ],
      findings: [
        RecommendationTester.Failure(
          recommendation: "okta-mfa-required", mark: Mark(file: "r.yaml", line: 12, column: 7),
          message: "compliant although resource.status is null")
      ])
    #expect(
      TextReport.tests(run) == """
        r.yaml:9:7: FAILED okta-mfa-required: expected compliant, found notCompliant
        r.yaml:12:7: FAILED okta-mfa-required: compliant although resource.status is null
        2 recommendations: 5 tests passed, 1 failed
        Absence: 0 paths and 0 forms tried, 0 citations used, 1 unexplained

        """)
    #expect(
      MarkdownReport.tests(run).contains(
        "| `r.yaml:9:7` | `okta-mfa-required` | expected compliant, found notCompliant |"))
    let value = try JSONValue(JSONView(parsing: JSONReport.tests(run)))
    #expect(value["kind"] == "TestRun")
    #expect(value["passed"] == 5)
    #expect(value["failures"]?[0]?["line"] == 9)
    #expect(value["absence"]?["findings"]?[0]?["line"] == 12)
    #expect(run.hasFailed)
  }
}
