import Foundation
import JSON
import TestSupport
import Testing

/// One Microsoft 365 tenant over Graph and from a ScubaGear export, by the real program.
@Suite("Graph and an export, one instance")
struct GraphAndExportTests {
  private static let tenant = "3c19c757-3b55-411f-b03f-2bcc514a598d"
  private static let at = "2026-06-01T03:00:00Z"
  private static let api = "api: { parameters: { tenant: contoso.onmicrosoft.com } }"
  private static let export = "export: { format: scubagear, path: exports/contoso }"

  /// A tenant behind Graph that lists nothing but its name, and the security defaults.
  private static func answer(_ request: VendorServer.Request) -> VendorServer.Answer {
    if request.path.hasSuffix("/oauth2/v2.0/token") {
      return .json(
        #"{"access_token":"graph-token-0123456789","token_type":"Bearer","expires_in":3600}"#)
    }
    switch request.path {
    case "/v1.0/organization": return .json(#"{"value":[{"id":"\#(tenant)"}]}"#)
    case "/v1.0/policies/identitySecurityDefaultsEnforcementPolicy":
      return .json(#"{"id":"00000000-0000-0000-0000-000000000005","isEnabled":false}"#)
    default: return .json(#"{"value":[]}"#)
    }
  }

  /// As ScubaGear writes it of Exchange and the Power Platform.
  private static func export(of tenant: String, forwards: Bool = false) -> String {
    """
    {
      "timestamp_zulu": "2026-06-01T01:00:00.000Z",
      "tenant_id": "\(tenant)",
      "powerplatform_successful_commands": ["Get-MgBetaOrganization"],
      "powerplatform_unsuccessful_commands": [],
      "scuba_config": {},
      "remote_domains": [{ "Identity": "Default", "DomainName": "*", "AutoForwardEnabled": \(forwards) }],
      "transport_config": [{ "Name": "Transport Settings", "SmtpClientAuthenticationDisabled": true }],
      "exo_successful_commands": ["Get-RemoteDomain", "Get-TransportConfig"],
      "exo_unsuccessful_commands": []
    }
    """
  }

  private struct Tenancy {
    let scratch: Scratch
    let server: VendorServer
    var environment = Scratch.environment

    init(_ server: VendorServer, source: String, exportOf tenant: String) throws {
      self.server = server
      scratch = try Scratch()
      try scratch.makeRepository([
        "desired-state/instances.yaml": Self.instance(source),
        "exports/contoso/ProviderSettingsExport.json": GraphAndExportTests.export(of: tenant),
      ])
      environment["XDG_STATE_HOME"] = "\(scratch.path)/state"
      environment["PLUMB_M365_CONTOSO_CLIENT_ID"] = "app-1"
      environment["PLUMB_M365_CONTOSO_CLIENT_SECRET"] = "secret-0123456789abcdef"
    }

    static func instance(_ source: String) -> String {
      Declare.document(
        "Instance", "m365-contoso",
        "{ app: microsoft-365, recommendations: on, maxAge: 100000d, source: \(source) }")
    }

    func plumb(_ arguments: [String]) throws -> Run {
      try Run(
        try #require(Program.path, "the program is not built"), arguments,
        in: "\(scratch.path)/repository", environment: environment)
    }

    func observe() throws {
      let run = try plumb(
        ["observe"]
          + ["graph.microsoft.com", "login.microsoftonline.com"].flatMap {
            ["--connect-to", "\($0)=\(server.origin)"]
          })
      #expect(run.output.contains("m365-contoso:"), "\(run.output)\(run.error)")
    }

    /// Each recommendation's compliance.
    func compliance(of source: String) throws -> [String: String] {
      try scratch.commit(["desired-state/instances.yaml": Self.instance(source)])
      let run = try plumb(["plan", "--no-refresh", "--format", "json"])
      let plan = JSONValue(try JSONView(parsing: run.output))
      return Dictionary(
        (plan.instance?["results"]?.array ?? []).map {
          ($0["recommendation"]?.string ?? "", $0["compliance"]?.string ?? "")
        }, uniquingKeysWith: { first, _ in first })
    }
  }

  private func with(
    source: String, exportOf tenant: String = tenant, _ body: (Tenancy) throws -> Void
  ) async throws {
    try await VendorServer.serve { request, _ in
      Self.answer(request)
    } _: { server in
      try body(Tenancy(server, source: source, exportOf: tenant))
    }
  }

  @Test("together they leave nothing unknown that either of them decides")
  func together() async throws {
    try await with(source: "[{ \(Self.api) }, { \(Self.export) }]") { tenancy in
      try tenancy.observe()
      let both = try tenancy.compliance(of: "[{ \(Self.api) }, { \(Self.export) }]")
      let graph = try tenancy.compliance(of: "{ \(Self.api) }")
      let exported = try tenancy.compliance(of: "{ \(Self.export) }")
      func known(_ all: [String: String]) -> Set<String> {
        Set(all.filter { $0.value != "unknown" }.keys)
      }
      let (a, b, c) = (known(graph), known(exported), known(both))
      #expect(!a.subtracting(b).isEmpty && !b.subtracting(a).isEmpty)
      #expect(a.union(b).subtracting(c) == [])
      #expect(both["m365-no-automatic-forwarding"] == "compliant")
    }
  }

  @Test("sources of different tenants are an error that names both, and nothing of them counts")
  func otherTenant() async throws {
    let other = "11111111-2222-4333-8444-555555555555"
    try await with(source: "[{ \(Self.api) }, { \(Self.export) }]", exportOf: other) { tenancy in
      try tenancy.observe()
      let run = try tenancy.plumb(["plan", "--no-refresh", "--format", "json"])
      #expect(run.status == 1, "\(run.error)")
      #expect(
        run.error.contains(
          "its sources are of different tenants: api names tenant ID '\(Self.tenant)', scubagear names tenant ID '\(other)'"
        ), "\(run.error)")
      let plan = JSONValue(try JSONView(parsing: run.output))
      #expect(plan.instance?["failure"] == "otherTenant")
      #expect(plan.result("m365-no-automatic-forwarding")?["compliance"] == "unknown")
    }
  }
}
