import Connectors
import Foundation
import Posture
import Reports
import TestSupport
import Testing
import YAML

@testable import Observation

/// The shipped manifests against what vendors really answered.
@Suite("Recorded tenants")
struct ReplayTests {
  /// Nothing that was read is unknown for its shape.
  ///
  /// - Parameter leavesOut: Whether the answers are a documentation's examples, which leave fields out.
  private func expectShapes(
    _ app: String, parameters: [String: String], scene: Scene, _ report: ObservationReport,
    leavesOut: Bool = false
  ) throws {
    let missing = Set(report.collections.filter { $0.state != .complete }.map(\.name))
    for (name, verdict) in try scene.judge(app, parameters: parameters)
    where verdict.compliance == .unknown {
      let reason = verdict.reason.map(Phrases.text) ?? ""
      #expect(
        missing.contains { reason.contains($0) } || reason.hasSuffix(" was not observed")
          || reason.contains(": not delivered by the API of ")
          // Recorded before Okta's rules had it; what an older org does is not documented.
          || reason.contains("no such key: 'keepMeSignedIn'")
          // Zendesk says of some people neither that they have a second factor nor that they have none.
          || name == "zendesk-agents-have-two-factor" && reason.contains("found null_type")
          || leavesOut && reason.contains("no such key"), "\(name): \(reason)")
    }
  }

  @Test("Okta: every collection that was recorded is complete, and can be judged")
  func okta() async throws {
    guard let path = Recording.path("okta/interactions.json") else {
      print("not run: no recordings at ../shared/real/okta; PLUMB_REPLAY names another file")
      return
    }
    let recording = try Recording(path: path, org: "okta-tenant-2024")
    let scene = Scene()
    defer { scene.remove() }
    let parameters = ["domain": "salto.okta.com"]
    let report = try await scene.observe(
      "okta", parameters: parameters, hosts: ["salto.okta.com", "salto-admin.okta.com"],
      credentials: ["api_token": "00-not-a-token"], recording.answer(to:))
    let recorded = [
      "accessPolicies": 9, "accessPolicyRules": 19, "appGrants": 0, "apps": 12, "authenticators": 7,
      "behaviors": 7, "brands": 2, "clientRoles": 0, "deviceAssurances": 6, "eventHooks": 0,
      "idps": 0, "inlineHooks": 1, "mfaEnrollPolicies": 1,
      "passwordPolicies": 1, "passwordPolicyRules": 1, "profileEnrollmentPolicies": 1,
      "profileEnrollmentRules": 1,
      "signInPages": 0, "signOnPolicies": 2, "signOnPolicyRules": 2, "trustedOrigins": 0,
      "zones": 2,
    ]
    for (name, count) in recorded {
      #expect(report.state(of: name) == "complete \(count)", "\(name)")
    }
    #expect(report.collections.filter { $0.state == .complete }.count == recorded.count)
    let stored = try scene.everything()
    #expect(stored.contains(#""accessPolicy":{"href":"https://salto.okta.com/api/v1/policies/"#))

    try expectShapes("okta", parameters: parameters, scene: scene, report)
  }

  @Test("GitHub: what the vendor documents is read with the shapes that it shows")
  func github() async throws {
    guard let folder = Recording.folder else {
      print("not run: no examples at ../shared/real/github")
      return
    }
    let recording = try Recording(
      path: "\(folder)/github/examples.json", org: nil,
      placeholders: [
        "org": "github", "owner": "github", "repo": "Hello-World", "branch": "master",
      ])
    let scene = Scene()
    defer { scene.remove() }
    let report = try await scene.observe(
      "github", parameters: ["org": "github"], hosts: ["api.github.com"],
      credentials: ["token": "not-a-token"], recording.answer(to:))
    for name in [
      "organization", "members", "outsideCollaborators", "installations", "webhooks",
      "actionsPermissions", "actionsSelectedActions", "actionsWorkflowPermissions", "runnerGroups",
      "organizationSecrets", "secretScanningAlerts", "codeScanningAlerts",
      "credentialAuthorizations", "repositories",
    ] {
      #expect(
        report.state(of: name)?.hasPrefix("complete ") == true,
        "\(name): \(report.state(of: name) ?? "")")
    }
    #expect(!(try scene.everything()).contains("XXXXXXXXXXXXXXXX"))
    try expectShapes("github", parameters: ["org": "github"], scene: scene, report, leavesOut: true)
  }

  @Test("Google Workspace: policies over two pages, and the directory")
  func google() async throws {
    guard let folder = Recording.folder else {
      print("not run: no recordings at ../shared/real/google-workspace")
      return
    }
    let recording = try Recording(
      path: "\(folder)/google-workspace/policies.json", org: "scubagoggles-case-01")
    let directory = try Recording(
      path: "\(folder)/google-workspace/interactions.json", org: "google-workspace-tenant-2024")
    let scene = Scene()
    defer { scene.remove() }
    let key =
      #"{"client_email":"r@x.example","private_key_id":"k","private_key":"\#(TestKey.rsa.replacing("\n", with: "\\n"))"}"#
    let report = try await scene.observe(
      "google-workspace", parameters: [:],
      hosts: ["oauth2", "admin", "cloudidentity"].map { "\($0).googleapis.com" },
      credentials: ["service_account_key": key, "admin": "a@x.example"]
    ) { request in
      if request.path == "/token" {
        return .json(#"{"access_token":"t-0123456789","expires_in":3599}"#)
      }
      return request.path == "/v1/policies"
        ? recording.answer(to: request) : directory.answer(to: request)
    }
    #expect(report.failureText == nil)
    #expect(scene.lines("policies").count > 1)
    for name in ["policies", "organizationUnits", "domains", "roles", "breakGlassAccounts"] {
      #expect(
        report.state(of: name)?.hasPrefix("complete ") == true,
        "\(name): \(report.state(of: name) ?? "")")
    }
    try expectShapes("google-workspace", parameters: [:], scene: scene, report)
  }

  @Test("Microsoft 365: Graph's answers in the export's letter case")
  func graph() async throws {
    guard let folder = Recording.folder else {
      print("not run: no recordings at ../shared/real/microsoft-graph")
      return
    }
    let recording = try Recording(
      path: "\(folder)/microsoft-graph/interactions.json", org: "entra-tenant-2024")
    let scene = Scene()
    defer { scene.remove() }
    let parameters = ["tenant": "contoso.onmicrosoft.com"]
    let report = try await scene.observe(
      "microsoft-365", parameters: parameters,
      hosts: ["graph.microsoft.com", "login.microsoftonline.com"],
      credentials: ["client_id": "c", "client_secret": "not-a-secret"]
    ) { request in
      request.path.hasSuffix("/oauth2/v2.0/token")
        ? .json(#"{"access_token":"t-0123456789","expires_in":3599}"#)
        : recording.answer(to: request)
    }
    #expect(report.failureText == nil)
    for name in [
      "conditional_access_policies", "authentication_method", "domain_settings", "applications",
      "authenticationStrengthPolicies", "permissionGrantPolicies", "oauth2PermissionGrants",
    ] {
      #expect(
        report.state(of: name)?.hasPrefix("complete ") == true,
        "\(name): \(report.state(of: name) ?? "")")
    }
    let policy = try #require(scene.lines("conditional_access_policies").first)
    #expect(policy.contains(#""State":""#) && policy.contains(#""Conditions":{"#))
    let methods = try #require(scene.lines("authentication_method").first)
    #expect(methods.hasPrefix(#"{"authentication_method_policy":{"#))
    #expect(methods.contains(#""authentication_method_feature_settings":[{"#))
    try expectShapes("microsoft-365", parameters: parameters, scene: scene, report)
  }

  @Test("Zendesk: what was recorded is complete, and can be judged where its fields are of today")
  func zendesk() async throws {
    guard let folder = Recording.folder else {
      print("not run: no recordings at ../shared/real/zendesk")
      return
    }
    let recording = try Recording(
      path: "\(folder)/zendesk/interactions.json", org: "zendesk-tenant-2024")
    let documented = try Recording(path: "\(folder)/zendesk/additional.json", org: "made")
    let parameters = ["domain": "contoso.zendesk.com"]
    let scene = Scene()
    defer { scene.remove() }
    let report = try await scene.observe(
      "zendesk", parameters: parameters, hosts: ["contoso.zendesk.com"],
      credentials: ["access_token": "not-a-token"]
    ) { request in
      request.path == "/api/v2/security_settings"
        ? documented.answer(to: request) : recording.answer(to: request)
    }
    let recorded = [
      "accountSettings": 1, "appInstallations": 2, "customRoles": 6, "oauthClients": 5,
      "securitySettings": 1, "sharingAgreements": 0, "teamMembers": 1, "webhooks": 1,
    ]
    for (name, count) in recorded {
      #expect(report.state(of: name) == "complete \(count)", "\(name)")
    }
    // What passwords must be like is no password.
    #expect((try scene.everything()).contains(#""failed_attempts_allowed":10"#))
    // The account was recorded before some of its settings were there.
    try expectShapes(
      "zendesk", parameters: parameters, scene: scene, report, leavesOut: true)
  }
}
