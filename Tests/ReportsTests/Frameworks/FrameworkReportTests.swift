import JSON
import Posture
import Testing
import YAML

@testable import Reports

@Suite("Framework reports")
struct FrameworkReportTests {
  private static let framework = Framework(
    name: "okta-stig", title: "Okta STIG", version: "V1", url: "https://f.example",
    controls: [
      .init(id: "OKTA-APP-000650", title: "Passwords are long"),
      .init(id: "OKTA-APP-000200", title: "A banner", manual: "Brands"),
    ], mark: Sample.recommendation("okta-mfa-required").mark)

  private static let standing = FrameworkStanding(
    framework, recommendations: Array(Sample.library.recommendations.values),
    results: Sample.eventful.instances.flatMap(\.results))

  @Test("tell each control's verdict, its recommendations and instances, and where to look else")
  func text() {
    for text in [
      TextReport.framework(Self.standing), MarkdownReport.framework(Self.standing),
    ] {
      #expect(text.contains("OKTA-APP-000650") && text.contains("not met"))
      #expect(text.contains("okta-password-minimum-length"))
      #expect(text.contains("okta-contoso-eu") && text.contains("okta-contoso-us"))
      #expect(text.contains("not covered") && text.contains("look in Brands"))
      #expect(text.contains("2 controls: 1 not met, 1 not covered"))
    }
  }

  @Test("are JSON with the same")
  func json() throws {
    let value = try JSONValue(
      parsing: String(decoding: JSONReport.framework(Self.standing), as: UTF8.self))
    let controls = value["controls"]?.array ?? []
    #expect(controls.map { $0["verdict"]?.string } == ["notMet", "notCovered"])
    #expect(value["counts"]?["notMet"]?.int64 == 1)
    #expect(
      controls[0]["recommendations"]?.array?.first?["results"]?.array?.map {
        $0["compliance"]?.string
      } == ["notCompliant", "notCompliant"])
  }
}
