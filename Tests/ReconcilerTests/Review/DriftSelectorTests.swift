import JSON
import Posture
import Reconciler
import Testing

@Suite struct DriftSelectorTests {
  static func drift(_ instance: String, _ recommendation: String, _ setting: String) -> Change {
    Change(
      .drift(from: 1, to: 2),
      of: .setting(
        setting, resource: nil, instance: instance, recommendation: recommendation), cause: .drift)
  }

  @Test(
    "means what its patterns do",
    arguments: [
      ("okta-eu", true), ("okta-*", true), ("*", true), ("okta-us", false), ("okta", false),
      ("okta-eu/okta-session-*", true), ("okta-eu/*-idle", true), ("okta-eu/*session*", true),
      ("okta-eu/okta-session-?dle", true), ("okta-eu/okta-session-?", false),
      ("*/*/max*Minutes", true), ("*/*/min*", false), ("okta-eu/okta-password*", false),
      ("*/**/*", true),
    ])
  func matches(text: String, expected: Bool) throws {
    let selector = try #require(DriftSelector(text))
    #expect(
      selector.matches(Self.drift("okta-eu", "okta-session-idle", "maxIdleMinutes")) == expected)
  }

  @Test("has one to three parts", arguments: ["", "/", "a/", "a//b", "a/b/c/d"])
  func faults(text: String) { #expect(DriftSelector(text) == nil) }

  @Test("takes in the verdict that came of it only with every setting")
  func verdicts() throws {
    func change(_ cause: Change.Cause) -> Change {
      Change(
        .verdict(from: .compliant, to: .notCompliant, basis: .none),
        of: .result(instance: "okta-eu", recommendation: "r"), cause: cause)
    }
    let (regressed, declared) = (change(.drift), change(.desiredState))
    let whole = try #require(DriftSelector("okta-eu/r"))
    let one = try #require(DriftSelector("okta-eu/r/minLength"))
    #expect(whole.matches(regressed))
    #expect(!one.matches(regressed))
    #expect(!whole.matches(declared))
  }

  @Test("many stars end in time")
  func stars() throws {
    let selector = try #require(DriftSelector(String(repeating: "*a", count: 60) + "b"))
    #expect(
      !selector.matches(Self.drift(String(repeating: "a", count: 20_000), "r", "s")))
  }
}
