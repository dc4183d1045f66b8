import Posture
import Testing

@testable import Reports

@Suite("Annotations of a GitHub Actions job")
struct AnnotationReportTests {
  private static func lines(_ plan: Plan) -> [String] {
    String(decoding: AnnotationReport.plan(plan), as: UTF8.self).split(separator: "\n")
      .map(String.init)
  }

  @Test("tell gates first, then new failures, then the rest")
  func eventful() throws {
    try Golden.expect(
      String(decoding: AnnotationReport.plan(Sample.eventful), as: UTF8.self),
      matches: "plan.github.txt")
  }

  @Test("tell only what got worse when two desired states are compared")
  func comparison() {
    var plan = Sample.eventful
    plan.base = plan.desired
    let lines = Self.lines(plan)
    #expect(lines.contains { $0.contains("(okta-contoso-eu)") && $0.contains("14 characters") })
    #expect(!lines.contains { $0.contains("(okta-contoso-us)") })
    #expect(lines.contains { $0.contains("us-logs ended") })
  }

  @Test("are at most ten of a kind, the most urgent first, and say what is left out")
  func limit() throws {
    let lines = Self.lines(Crowd.failing(40))
    #expect(lines.count { $0.hasPrefix("::error ") } == 10)
    // 13 of the 40 are new.
    #expect(lines.prefix(10).allSatisfy { $0.contains("was compliant") })
    #expect(
      lines.last
        == "::notice title=Plumb::Left out, since GitHub shows 10 annotations of a kind: 30 more errors. The job summary and 'plumb show' list all."
    )
  }

  @Test("are escaped as the runner reads them back")
  func escaping() {
    let annotation = Annotation(
      kind: .error, title: "a:b,c%d\ne",
      place: nil, message: "50% done\r\n::set-output name=x::y")
    #expect(
      annotation.command
        == "::error title=a%3Ab%2Cc%25d\\ne::50%25 done\\r\\n::set-output name=x::y\n")
  }
}
