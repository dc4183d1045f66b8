import Foundation
import TestSupport
import Testing

/// `plumb validate` on a repository in which much is wrong.
@Suite struct WrongInputTests {
  /// What is appended to an instance's envelope.
  static func instance(_ name: String, _ spec: String) -> String {
    "apiVersion: plumb/v1\nkind: Instance\nmetadata: { name: \(name) }\nspec:\n  app: okta\n\(spec)"
  }

  static let source = "  source: { recorded: { path: observed } }\n"

  /// Each file with what is said of it.
  static let files: [(name: String, text: String, faults: [String])] = [
    (
      "a-good.yaml", instance("okta-eu", source), []
    ),
    (
      "b-duplicate.yaml", instance("one", "  maxAge: 24h\n  maxAge: 12h\n" + source),
      [
        "7:3: error: key 'maxAge' is already on line 6; remove one of the two"
      ]
    ),
    (
      "c-unknown.yaml", instance("two", "  maxage: 24h\n" + source),
      [
        "6:3: error: unknown field 'maxage'; did you mean 'maxAge'?"
      ]
    ),
    (
      "d-types.yaml",
      instance("three", "  displayName: 14\n  maxAge: 24\n  recommendations: no\n" + source),
      [
        #"6:16: error: expected a string, found the integer 14; put it in quotes: "14""#,
        "7:11: error: expected a timespan such as 30m, 24h, 14d or 1d12h, found the integer 24",
        "8:20: error: expected on or off, found the string 'no'; write off",
      ]
    ),
    (
      "e-name.yaml", instance("Okta_EU", source),
      [
        "3:19: error: 'Okta_EU' is not a DNS label: use lower-case letters, digits and '-' (at most 63, starting and ending with a letter or digit)"
      ]
    ),
    (
      "f-bomb.yaml",
      "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        + (1...9).map { level in
          "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", "))]\n"
        }.joined(),
      [
        "5:45: error: aliases stand for more nodes than the limit of 100000 (aliasNodes); write the values out"
      ]
    ),
    (
      "g-deep.yaml", "a: " + String(repeating: "[", count: 100),
      [
        "1:67: error: nested deeper than the limit of 64 levels (depth); flatten it"
      ]
    ),
    (
      "h-tab.yaml", "apiVersion: plumb/v1\n\tkind: Instance\n",
      [
        "2:1: error: tab used for indentation; use spaces"
      ]
    ),
    (
      "i-quote.yaml", instance("four", "  displayName: \"Four\n" + source),
      [
        #"6:16: error: the quote opened here is never closed; add the closing ""#
      ]
    ),
    (
      "j-scalars.yaml",
      """
      apiVersion: plumb/v1
      kind: Initiative
      metadata: { name: saas-security }
      spec: { tracked: on, targetScore: 1_000 }
      ---
      apiVersion: plumb/v1
      kind: Initiative
      metadata: { name: identity-security }
      spec: { tracked: yes, targetScore: .inf }
      ---
      apiVersion: plumb/v1
      kind: Initiative
      metadata: { name: zero-trust-foundational }
      spec: { targetScore: 0o17 }
      ---
      apiVersion: plumb/v1
      kind: Initiative
      metadata: { name: ransomware-protection }
      spec: { targetScore: 2024-01-01 }

      """,
      [
        "4:35: error: expected an integer, found the string '1_000'",
        "9:18: error: expected on or off, found the string 'yes'; write on",
        "9:36: error: expected an integer, found the number .inf",
        "19:22: error: expected an integer, found the string '2024-01-01'",
      ]
    ),
    (
      "k-references.yaml",
      """
      apiVersion: plumb/v1
      kind: Exception
      metadata: { name: kiosk }
      spec:
        recommendation: okta-pasword-minimum-length
        status: riskAccepted
        instances: [okta-ue]
        justification: Because.
        owner: shop@contoso.example
        expires: 2024-03-31
      ---
      apiVersion: plumb/v1
      kind: Exception
      metadata: { name: leap }
      spec:
        recommendation: okta-password-minimum-length
        status: riskAccepted
        instances: [okta-eu]
        justification: Because.
        owner: shop@contoso.example
        expires: 2024-02-30
      ---
      apiVersion: plumb/v1
      kind: Instance
      metadata: { name: okta-eu }
      spec: { app: okta, source: { recorded: { path: ../elsewhere } } }

      """,
      [
        "5:19: error: no recommendation named 'okta-pasword-minimum-length'; did you mean 'okta-password-minimum-length'?",
        "7:15: error: no instance named 'okta-ue'; did you mean 'okta-eu'?",
        "21:12: error: there is no 2024-02-30: that month has 29 days",
        "25:19: error: another Instance is named 'okta-eu', at desired-state/a-good.yaml:3:19",
        "26:48: error: '../elsewhere' leaves the repository: '..' is not allowed",
      ]
    ),
    (
      "l-latin.yaml", "", ["1:4: error: byte 0xFC is not valid UTF-8; save the file as UTF-8"]
    ),
    (
      "m-other.yaml", "just: text\n",
      [
        "1:1: error: missing field 'apiVersion'",
        "1:1: error: missing field 'kind'",
        "1:1: error: missing field 'metadata'",
        "1:1: error: missing field 'spec'",
        "1:1: error: unknown field 'just'; known: apiVersion, kind, metadata, spec",
      ]
    ),
  ]

  @Test("every fault of every file is named in one run, on standard error")
  func everything() throws {
    let scratch = try Scratch()
    var files = ["README.md": "not read\n"]
    for file in Self.files { files["desired-state/\(file.name)"] = file.text }
    try scratch.makeRepository(files)
    try scratch.write(
      Data("# M".utf8) + Data([0xFC]) + Data("ller\n".utf8),
      to: "repository/desired-state/l-latin.yaml")
    try scratch.commit([:])
    let expected = Self.files.flatMap { file in
      file.faults.map { "desired-state/\(file.name):\($0)" }
    }
    let run = try scratch.plumb("validate", "--at", "2024-01-01T00:00:00Z")
    #expect(run.status == 1)
    #expect(run.output.isEmpty)
    #expect(run.error == (expected + ["\(expected.count) errors", ""]).joined(separator: "\n"))
    // The working tree, a plan and an apply say the same, and nothing is written.
    let tree = try scratch.plumb("validate", "--working-tree", "--at", "2024-01-01T00:00:00Z")
    #expect(tree.error == run.error)
    let plan = try scratch.plumb("plan", "--at", "2024-01-01T00:00:00Z")
    #expect(plan.status == 1)
    #expect(plan.error == expected.joined(separator: "\n") + "\n")
    let apply = try scratch.plumb("apply", "--at", "2024-01-01T00:00:00Z")
    #expect(apply.status == 1)
    #expect(try scratch.git("branch", "--list", "plumb/*").isEmpty)
  }
}
