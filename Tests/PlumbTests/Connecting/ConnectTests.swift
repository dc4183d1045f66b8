import Foundation
import TestSupport
import Testing

/// `plumb connect`, and the examples of `plumb init`
@Suite struct ConnectTests {
  static let apps = [
    "atlassian", "citrix-sharefile", "docusign", "dropbox", "github", "google-workspace",
    "microsoft-365", "netdocuments", "okta", "salesforce", "servicenow", "zendesk", "zoom",
  ]

  private static func repository() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.makeRepository([
      "desired-state/initiatives.yaml": """
      # What is tracked.
      apiVersion: plumb/v1
      kind: Initiative
      metadata: { name: saas-security }
      spec: { tracked: on, targetScore: 80 }

      """
    ])
    return scratch
  }

  /// The values that a refusal names for what is missing.
  private static func examples(in refusal: String) -> [String] {
    refusal.matches(of: /--parameter (\S+)/).flatMap { ["--parameter", String($0.1)] }
  }

  @Test("the list of apps here is the catalog's")
  func everyApp() throws {
    let scratch = try Self.repository()
    let listed = try scratch.plumb("catalog", "list", "connectors").output
      .split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(listed == Self.apps)
  }

  @Test("each app is declared, with its steps in the instance's own names", arguments: apps)
  func each(app: String) throws {
    let scratch = try Self.repository()
    let name = "\(app)-contoso"
    let bare = try scratch.plumb("connect", app, name)
    var run = bare
    if bare.status != 0 {
      #expect(bare.error.hasPrefix("error: \(app) needs\n  --parameter "))
      #expect(scratch.read("repository/desired-state/instances.yaml") == nil)
      run = try scratch.plumb(["connect", app, name] + Self.examples(in: bare.error))
    }
    #expect(run.status == 0, "\(run.error)")
    let prefix = "PLUMB_\(name.uppercased().replacing("-", with: "_"))_"
    #expect(run.output.contains("\n    \(prefix)"))
    #expect(run.output.contains("How to make the credentials of \(name)\n\n"))
    #expect(run.output.contains("What they must be allowed, and no more\n\n"))
    for leftover in ["<INSTANCE>", "<instance>", "**", "more characters"] {
      #expect(!run.output.contains(leftover))
    }
    let isAllowed = ["dropbox", "netdocuments"].contains(app)
    let but = isAllowed ? " but \(prefix)REFRESH_TOKEN" : ""
    let rest = isAllowed ? " --authorize --token-store FILE" : ""
    #expect(
      run.error == """
        Added to desired-state/instances.yaml.
        Next: set the variables\(but), then: plumb connect \(app) \(name)\(rest)

        """)
    let valid = try scratch.plumb("validate", "--working-tree")
    #expect(valid.output.contains("1 instance (1 on)"), "\(valid.error)")
    let again = try scratch.plumb("connect", app, name)
    #expect(
      again.error.hasPrefix("'\(name)' is declared already, at desired-state/instances.yaml:4:"))
    #expect(again.status == 0)
  }

  @Test("an example of each app is valid, off, and has what the app needs")
  func examples() throws {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(
      atPath: "\(scratch.path)/repository", withIntermediateDirectories: true)
    let run = try scratch.plumb(["init"] + (Self.apps + ["zoom"]).flatMap { ["--app", $0] })
    #expect(run.status == 0, "\(run.error)")
    let valid = try scratch.plumb("validate", "--working-tree")
    #expect(valid.output.contains("\(Self.apps.count) instances (0 on)"), "\(valid.error)")
    let again = try scratch.plumb("init", "--app", "zoom")
    #expect(
      again.error
        == "error: desired-state/instances.yaml is there already; 'plumb connect zoom' adds an instance to it\n"
    )
  }

  @Test(
    "a mistake is named, and nothing is written",
    arguments: [
      (["okat", "x"], "error: no app named 'okat'; did you mean 'okta'?\n"),
      (
        ["workplace", "x"],
        "error: Workplace from Meta ended on 1 June 2026: nothing can be observed of it any more\n"
      ),
      (["okta"], "error: name the instance: plumb connect okta okta-contoso\n"),
      (
        ["okta", "x"],
        "error: okta needs\n  --parameter domain=contoso.okta.com   The org's domain\n"
      ),
      (
        ["okta", "x", "--parameter", "domian=contoso.okta.com"],
        "error: okta has no parameter 'domian'; did you mean 'domain'?\n"
      ),
      (
        ["okta", "x", "--parameter", "domain=https://contoso.okta.com"],
        "error: 'https://contoso.okta.com' is no domain; one looks like contoso.okta.com\n"
      ),
      (
        ["zoom", "x", "--file", "elsewhere.yaml"],
        "error: 'elsewhere.yaml' is no YAML file of the desired state: name one below desired-state/\n"
      ),
      (
        ["zoom", "Zoom_1"],
        "desired-state/instances.yaml:4:9: error: 'Zoom_1' is not a DNS label: use lower-case letters, digits and '-' (at most 63, starting and ending with a letter or digit)\nerror: nothing was written, because of the faults above\n"
      ),
    ])
  func mistakes(arguments: [String], message: String) throws {
    let scratch = try Self.repository()
    let run = try scratch.plumb(["connect"] + arguments)
    #expect(run.error == message)
    #expect(run.status == 1)
    #expect(scratch.read("repository/desired-state/instances.yaml") == nil)
  }

  @Test("credentials that are set are tried, each cause once, and the steps are not told again")
  func tried() async throws {
    try await VendorServer.serve { request, _ in
      request.path == "/api/audits" ? .json("[]") : .json(#"{"message":"no"}"#, status: 403)
    } _: { server in
      let company = try LiveCompany(LiveCompany.instance(at: server.authority))
      let run = try company.plumb(["connect", "acme", "acme-eu"], at: [server])
      #expect(run.status == 1)
      #expect(
        run.output == """
          acme-eu: 0 of 2 collections that are needed can be read
            policies: the credentials lack policies.read (“no”)
            users: the credentials lack users.read (“no”)

          """)
    }
    try await VendorServer.serve { _, _ in
      .json(#"{"message":"busy"}"#, status: 418)
    } _: { server in
      let company = try LiveCompany(LiveCompany.instance(at: server.authority))
      let run = try company.plumb(["observe", "--check"], at: [server])
      #expect(run.output.contains("\n  policies, users: "))
    }
    try await VendorServer.serve { _, _ in
      .json("[]")
    } _: { server in
      let company = try LiveCompany(LiveCompany.instance(at: server.authority))
      let run = try company.plumb(["connect", "acme", "acme-eu"], at: [server])
      #expect(run.status == 0)
      #expect(run.output == "acme-eu: 2 of 2 collections that are needed can be read\n")
      #expect(run.error.hasSuffix("then: plumb plan\n"))
    }
  }

  @Test("on a terminal it asks for what is missing, again where an answer is none")
  func asks() throws {
    let scratch = try Self.repository()
    let program = try #require(Program.path)
    let answers = #"okta-contoso\nhttps://contoso.okta.com\ncontoso.okta.com\n"#
    let run = try Run(
      "/bin/bash",
      ["-c", "printf '\(answers)' | script -qec '\(program) connect okta' /dev/null"],
      in: "\(scratch.path)/repository", environment: Scratch.environment)
    #expect(run.output.contains("Name of the instance, such as okta-contoso: "))
    #expect(run.output.contains("The org's domain, such as contoso.okta.com: "))
    #expect(run.output.contains("'https://contoso.okta.com' is no domain"))
    let written = try #require(scratch.read("repository/desired-state/instances.yaml"))
    #expect(written.contains("name: okta-contoso\n"))
    #expect(written.contains("domain: contoso.okta.com\n"))
  }
}
