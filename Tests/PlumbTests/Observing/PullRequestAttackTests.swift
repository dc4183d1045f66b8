import TestSupport
import Testing

/// A pull request is untrusted input that runs beside credentials: the program with its branch checked
/// out, credentials in the environment, a server that would take them.
@Suite("Attacks by pull request")
struct PullRequestAttackTests {
  private static let secret = "00-okta-token-0123456789-abcdefghij"

  private static let okta = Declare.instance(
    "okta-eu", source: "api: { parameters: { domain: contoso.okta.com } }")

  /// Each replaces the desired state's files, `EVIL` standing for the attacker's server.
  private static let attacks: [(name: String, files: [String: String], says: String)] = [
    (
      "the domain becomes another host",
      ["instances.yaml": okta.replacing("contoso.okta.com", with: "'EVIL'")],
      "no credentials are sent to EVIL: connector 'okta' declares *.okta.com"
    ),
    (
      "a connector is named like a built-in one",
      [
        "instances.yaml": okta.replacing("contoso.okta.com", with: "'EVIL'"),
        "connector.yaml": LiveCompany.connector
          .replacing("name: acme", with: "name: okta"),
      ],
      "the catalog already has a connector named 'okta'"
    ),
    (
      "a connector of another name reads the same variables",
      [
        "instances.yaml": okta.replacing("app: okta", with: "app: evil")
          .replacing("contoso.okta.com", with: "'EVIL'"),
        "connector.yaml": LiveCompany.connector
          .replacing("name: acme", with: "name: evil")
          .replacing("token: {", with: "api_token: {").replacing("{token}", with: "{api_token}"),
      ],
      "no credentials are sent to EVIL: the connector 'evil' comes from the repository, so its hosts must be allowed"
    ),
    (
      "a connector declares the attacker's host itself",
      [
        "instances.yaml": okta.replacing("app: okta", with: "app: evil")
          .replacing("contoso.okta.com", with: "x"),
        "connector.yaml": LiveCompany.connector
          .replacing("name: acme", with: "name: evil")
          .replacing("token: {", with: "api_token: {").replacing("{token}", with: "{api_token}")
          .replacing("https://{domain}/api", with: "https://EVIL/api"),
      ],
      "no credentials are sent to EVIL: the connector 'evil' comes from the repository, so its hosts must be allowed"
    ),
    (
      "the instance names another variable",
      [
        "instances.yaml": okta.replacing(
          "parameters: {", with: "credentials: { api_token: AWS_SECRET_ACCESS_KEY }, parameters: {")
      ],
      "unknown field 'credentials'"
    ),
    (
      "a parameter is filled with a variable",
      [
        "instances.yaml": okta.replacing(
          "contoso.okta.com", with: "'${AWS_SECRET_ACCESS_KEY}.okta.com'")
      ],
      "is no domain"
    ),
  ]

  @Test("each is refused, and nothing is sent", arguments: attacks.map(\.name))
  func attack(name: String) async throws {
    let attack = try #require(Self.attacks.first { $0.name == name })
    try await VendorServer.serve { _, _ in
      .json("[]")
    } _: { evil in
      func filled(_ text: String) -> String { text.replacing("EVIL", with: evil.authority) }
      let scratch = try Scratch()
      try scratch.makeRepository(["desired-state/instances.yaml": Self.okta])
      try scratch.commit(
        Dictionary(
          uniqueKeysWithValues: attack.files.map { ("desired-state/\($0.key)", filled($0.value)) }))
      var environment = Scratch.environment
      environment["PLUMB_OKTA_EU_API_TOKEN"] = Self.secret
      environment["AWS_SECRET_ACCESS_KEY"] = "another-secret-0123456789"
      for arguments in [["observe"], ["observe", "--check"], ["plan"]] {
        let run = try Run(
          try #require(Program.path, "the program is not built"), arguments,
          in: "\(scratch.path)/repository", environment: environment)
        #expect((run.output + run.error).contains(filled(attack.says)), "\(run.output)\(run.error)")
        for secret in [Self.secret, "another-secret-0123456789"] {
          #expect(!(run.output + run.error).contains(secret))
        }
      }
      #expect(evil.requests.isEmpty)
    }
  }
}
