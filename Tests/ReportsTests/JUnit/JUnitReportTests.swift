import Foundation
import Posture
import TestSupport
import Testing

@testable import Reports

@Suite("JUnit report")
struct JUnitReportTests {
  private static let xmllint = ["/usr/bin/xmllint", "/usr/local/bin/xmllint"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  @Test("has a suite for each instance and a case for each recommendation")
  func eventful() throws {
    try Golden.expect(
      String(decoding: JUnitReport.plan(Sample.eventful), as: UTF8.self), matches: "plan.junit.xml")
  }

  @Test("counts what it lists")
  func counts() throws {
    let document = try ParsedXML(JUnitReport.plan(Sample.eventful))
    let suites = document.elements.filter { $0.name == "testsuite" }
    #expect(suites.map { $0.attributes["name"] } == ["okta-contoso-eu", "okta-contoso-us"])
    func total(_ attribute: String) -> Int {
      suites.reduce(0) { $0 + (Int($1.attributes[attribute] ?? "") ?? 0) }
    }
    for (attribute, element) in [
      ("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped"),
    ] {
      #expect(total(attribute) == document.elements.count { $0.name == element }, "\(attribute)")
    }
    #expect(total("failures") == 4)
    #expect(total("errors") == 1)
  }

  @Test(
    "fits the schema of Ant's reports",
    .enabled(if: PublishedSchemas.isThere, "no published schemas at ../shared/schemas"),
    .enabled(if: xmllint != nil, "xmllint is not installed (Debian: libxml2-utils)"),
    arguments: ["eventful", "quiet", "first", "hostile"])
  func schema(name: String) throws {
    let plan =
      switch name {
      case "eventful": Sample.eventful
      case "quiet": Sample.quiet
      case "first": Sample.first
      default: Sample.hostile("]]><!-- -- --> &lt; \u{0}\u{1B}\u{FFFE}\r\n\"'")
      }
    let file = FileManager.default.temporaryDirectory
      .appending(path: "plumb-junit-\(name)-\(ProcessInfo.processInfo.processIdentifier).xml")
    try Data(JUnitReport.plan(plan)).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let schema = try #require(PublishedSchemas.folder).appending(path: "JUnit.xsd")
    let run = try Run(
      try #require(Self.xmllint), ["--noout", "--nonet", "--schema", schema.path, file.path],
      in: "/")
    #expect(run.status == 0, "\(run.error)")
  }
}
