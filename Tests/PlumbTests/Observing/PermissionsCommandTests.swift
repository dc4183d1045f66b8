import TestSupport
import Testing

@Suite("Permissions on the command line")
struct PermissionsCommandTests {
  @Test("catalog permissions: exactly what the desired state needs, for whom and for what")
  func needed() throws {
    let company = try LiveCompany(
      LiveCompany.instance(at: "acme.example")
        + LiveCompany.instance("acme-us", at: "us.acme.example")
        + LiveCompany.instance("acme-off", at: "off.acme.example", isOn: false))
    let run = try company.plumb(["catalog", "permissions"])
    #expect(run.status == 0, "\(run.error)")
    #expect(
      run.output == """
        Acme: acme-eu, acme-us

          policies.read  to read policies
            acme-idle
          users.read  to read users
            acme-mfa

          2 permissions for 2 recommendations.

          acme-eu, token: PLUMB_ACME_EU_TOKEN
          acme-us, token: PLUMB_ACME_US_TOKEN

        """)
    try company.scratch.commit([
      "desired-state/override.yaml": Declare.document(
        "RecommendationOverride", "no-idle", "{ recommendations: [acme-idle], enabled: false }")
    ])
    let json = try company.plumb(["catalog", "permissions", "acme-off", "--format", "json"])
    #expect(
      json.output == """
        {
          "apiVersion": "plumb/v1",
          "kind": "Permissions",
          "instances": [
            {
              "name": "acme-off",
              "app": "acme",
              "permissions": [
                {
                  "name": "users.read",
                  "collections": [
                    "users"
                  ],
                  "recommendations": [
                    "acme-mfa"
                  ]
                }
              ],
              "scopes": [],
              "credentials": [
                {
                  "name": "token",
                  "variables": [
                    "PLUMB_ACME_OFF_TOKEN"
                  ]
                }
              ]
            }
          ]
        }

        """)
    let misspelt = try company.plumb(["catalog", "permissions", "acme-ue"])
    #expect(misspelt.status == 1)
    #expect(
      misspelt.error == "error: no instance named 'acme-ue'; did you mean 'acme-eu'?\n")
  }

  @Test(
    "observe --check fails for what is needed and denied, and warns of what is granted in vain",
    arguments: [
      (
        denied: "/api/audits", status: Int32(0),
        output: """
        acme-eu: 2 of 2 collections that are needed can be read
          warning: the credentials are allowed admin:everything, which nothing needs

        """
      ),
      (
        denied: "/api/policies", status: Int32(1),
        output: """
        acme-eu: 1 of 2 collections that are needed can be read
          policies: the credentials lack policies.read (“no”)
          warning: the credentials are allowed admin:everything, which nothing needs

        """
      ),
    ])
  func check(denied: String, status: Int32, output: String) async throws {
    try await VendorServer.serve { request, _ in
      request.path == denied
        ? .json(#"{"message":"no"}"#, status: 403)
        : .json("[]", headers: [("x-grants", "users.read, policies.read, admin:everything")])
    } _: { server in
      let company = try LiveCompany(LiveCompany.instance(at: server.authority))
      let run = try company.plumb(["observe", "--check"], at: [server])
      #expect(run.status == status)
      #expect(run.output == output)
      #expect(run.error.isEmpty)
      #expect(!company.scratch.exists("state"))
    }
  }
}
