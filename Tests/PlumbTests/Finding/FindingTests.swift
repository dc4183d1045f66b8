import JSON
import TestSupport
import Testing

/// Finding one's way: filters, names, help and completions, with the real program and the example company.
@Suite("Finding what is asked for")
struct FindingTests {
  let scratch: Scratch

  init() throws { scratch = try ExampleCompany().scratch }

  private static let at = ["--at", "2026-06-01T07:00:00Z"]

  /// Names of the results that `show` lists, as JSON.
  private func shown(_ arguments: String...) throws -> [JSONValue] {
    let run = try scratch.plumb(["show"] + arguments + Self.at + ["--format", "json"])
    try #require(run.status == 0, "\(run.error)")
    let plan = JSONValue(try JSONView(parsing: Array(run.output.utf8)))
    return try #require(plan["instances"]?.array).flatMap { $0["results"]?.array ?? [] }
  }

  private func names(_ results: [JSONValue]) -> Set<String> {
    Set(results.compactMap { $0["recommendation"]?.string })
  }

  @Test("shows the recommendations that are named, and says which nobody has")
  func named() throws {
    let name = "okta-password-minimum-length"
    #expect(names(try shown(name)) == [name])
    let wrong = try scratch.plumb(["show", "okta-password-minimum-lenght"] + Self.at)
    #expect(wrong.status == 1)
    #expect(
      wrong.error.contains(
        "no instance has a recommendation named 'okta-password-minimum-lenght'; did you mean '\(name)'?"
      ))
  }

  @Test("each filter lets through what it says, and nothing else")
  func filters() throws {
    let all = try shown()
    let identity = try shown("--category", "identity", "--app", "okta")
    #expect(!identity.isEmpty && identity.count < all.count)
    let high = try shown("--category", "identity", "--app", "okta", "--impact", "high")
    #expect(names(high).isSubset(of: names(identity)) && high.count < identity.count)
    #expect(names(try shown("--control", "okta-app-000650")) == ["okta-password-minimum-length"])
    let stig = names(try shown("--framework", "okta-stig", "--framework", "cis-github"))
    #expect(stig.contains("okta-password-minimum-length"))
    #expect(!stig.contains("zoom-meeting-passcode"))
    let search = names(try shown("--search", "PASSWORD lockout"))
    #expect(search.contains("okta-password-lockout") && search.count < all.count / 10)
    let metric = try shown("--metric", "identity-security/sessions-and-access-policies")
    #expect(!metric.isEmpty && metric.count < all.count / 4)
    #expect(
      names(metric).isSubset(of: names(try shown("--initiative", "identity-security"))))
  }

  @Test("the most urgent come first where there is a limit, and the rest is counted")
  func limit() throws {
    #expect(try shown("--limit", "3").count == 3)
    let run = try scratch.plumb(["show", "--app", "okta", "--limit", "3"] + Self.at)
    #expect(run.output.contains("more results: raise --limit."))
    #expect(try scratch.plumb("show", "--limit", "0").status == 64)
    let listed = try scratch.plumb("catalog", "list", "okta", "--limit", "2")
    #expect(listed.output.contains("more recommendations: raise --limit."))
  }

  @Test(
    "a name that there is none of is told, with one that is alike",
    arguments: [
      (["show", "--framework", "okta-stgi", "--limit", "2"], "did you mean 'okta-stig'?"),
      (["show", "--control", "OKTA-APP-00065"], "--control OKTA-APP-00065: there is none"),
      (["show", "--metric", "password-and-recovery"], "did you mean 'passwords-and-recovery'?"),
      (["catalog", "list", "oktaa"], "neither a kind nor an app is named 'oktaa'"),
      (["show", "--category", "identiy"], "identity"),
    ])
  func wrongNames(arguments: [String], message: String) throws {
    let run = try scratch.plumb(arguments)
    #expect(run.status != 0)
    #expect(run.error.contains(message), "\(run.error)")
  }

  @Test("an instance that is off says so")
  func off() throws {
    let run = try scratch.plumb(["show", "--instance", "okta-contoso-us"] + Self.at)
    #expect(run.output.contains("Recommendations are off on okta-contoso-us"))
  }

  @Test("help on a command that does something by default tells its options")
  func help() throws {
    for arguments in [["show", "--help"], ["help", "show"], ["show", "-h"]] {
      let run = try scratch.plumb(arguments)
      #expect(run.status == 0)
      #expect(run.output.contains("--category"), "\(arguments)")
    }
    #expect(try scratch.plumb("catalog", "--help").output.contains("--search"))
  }

  @Test(
    "a word that is no command is told, with one that is alike",
    arguments: [
      (["observ"], "there is no command 'observ'; did you mean 'observe'?"),
      (["help", "plann"], "there is no command 'plann'; did you mean 'plan'?"),
      (["version"], "there is no command 'version'; 'plumb --version' tells it"),
      (["xyzzy", "--app", "okta"], "there is no command 'xyzzy'; 'plumb --help' lists them"),
    ])
  func commands(arguments: [String], message: String) throws {
    let run = try scratch.plumb(arguments)
    #expect(run.status == 64)
    #expect(run.error.contains(message), "\(run.error)")
  }

  /// What the scripts of shells ask for, as swift-argument-parser has them do it.
  @Test(
    "the shell completes names",
    arguments: [
      ("--instance", "okta-contoso-eu"), ("--app", "okta"), ("--initiative", "saas-security"),
      ("--framework", "okta-stig"), ("positional@0", "okta-password-minimum-length"),
    ])
  func completion(option: String, name: String) throws {
    let run = try scratch.plumb(
      "---completion", "show", "recommendations", "--", option, "0", "0", "plumb", "show", "")
    #expect(run.status == 0, "\(run.error)")
    #expect(run.output.split(whereSeparator: \.isNewline).contains { $0 == name }, "\(run.output)")
  }
}
