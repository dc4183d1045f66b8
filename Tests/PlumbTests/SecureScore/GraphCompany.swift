import Foundation
import JSON
import TestSupport
import Testing

/// A repository that reads one Microsoft 365 tenant over Graph, and the real program in it.
struct GraphCompany {
  let scratch: Scratch
  let server: VendorServer
  private var environment = Scratch.environment

  static let instances = [
    Declare.instance(
      "m365-contoso", of: "microsoft-365", "recommendations: on",
      source: "api: { parameters: { tenant: contoso.onmicrosoft.com } }"),
    Declare.instance("gws-contoso", of: "google-workspace", "recommendations: on"),
    Declare.instance("okta-eu", "recommendations: on"),
    Declare.instance("okta-us", "recommendations: on"),
  ].documents

  /// One on a native recommendation, one on Microsoft's own, one that has no state in the API.
  static let exceptions = [
    Declare.exception(
      "admins-have-keys", of: "m365-require-mfa-for-admins", on: "m365-contoso",
      justification: "Hardware keys arrive in May.", owner: "identity@contoso.example",
      expires: "2099-12-31"),
    Declare.exception(
      "passwords-elsewhere", of: "secure-score/aad_custom_banned_passwords", on: "m365-contoso",
      status: "resolvedThroughThirdParty", justification: "The password manager bans them.",
      owner: "identity@contoso.example", expires: nil),
    Declare.exception(
      "mail-later", of: "secure-score/hostile", on: "m365-contoso", status: "planned",
      justification: "Next quarter.", owner: "mail@contoso.example", expires: "2099-12-31"),
  ].documents

  init(at server: VendorServer, exceptions: String = exceptions) throws {
    self.server = server
    scratch = try Scratch()
    try scratch.makeRepository([
      "desired-state/instances.yaml": Self.instances, "desired-state/exceptions.yaml": exceptions,
      "desired-state/settings.yaml": Declare.settings("gates: { exceptionTooLong: off }"),
    ])
    environment["XDG_STATE_HOME"] = "\(scratch.path)/state"
    environment["PLUMB_M365_CONTOSO_CLIENT_ID"] = "app-1"
    environment["PLUMB_M365_CONTOSO_CLIENT_SECRET"] = "secret-0123456789abcdef"
  }

  /// Runs the body in a company whose tenant is this one.
  static func with(
    _ tenant: GraphTenant, exceptions: String = exceptions,
    _ body: (GraphCompany) throws -> Void
  ) async throws {
    try await VendorServer.serve { request, _ in
      tenant.answer(request)
    } _: { server in
      try body(GraphCompany(at: server, exceptions: exceptions))
    }
  }

  func plumb(_ arguments: String...) throws -> Run { try plumb(arguments) }

  func plumb(_ arguments: [String]) throws -> Run {
    let reaching = ["plan", "apply", "observe", "run", "merge"].contains(
      arguments[arguments[0] == "fleet" ? 1 : 0])
    let detours = ["graph.microsoft.com", "login.microsoftonline.com"].flatMap {
      ["--connect-to", "\($0)=\(server.origin)"]
    }
    return try Run(
      try #require(Program.path, "the program is not built"),
      arguments + (reaching ? detours : []), in: "\(scratch.path)/repository",
      environment: environment)
  }

  /// The Secure Score in a plan.
  func score() throws -> JSONValue {
    let run = try plumb("plan", "--format", "json")
    #expect(run.status == 0, "\(run.error)")
    let plan = JSONValue(try JSONView(parsing: run.output))
    return try #require(plan["secureScores"]?[0])
  }

  /// A file of the reports branch.
  func report(_ file: String) throws -> String {
    try scratch.git("show", "plumb/reports:reports/\(file)")
  }

  /// Commits on the reports branch.
  func commits() throws -> Int {
    Int(try scratch.git("rev-list", "--count", "plumb/reports")) ?? 0
  }
}
