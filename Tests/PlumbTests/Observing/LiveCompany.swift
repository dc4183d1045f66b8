import Foundation
import TestSupport
import Testing

/// A repository whose one app is read over an API on the loopback interface, and the real program in it.
struct LiveCompany {
  let scratch: Scratch
  var environment = Scratch.environment

  static let token = "acme-token-0123456789"

  static let connector = Declare.document(
    "Connector", "acme",
    """
    displayName: Acme
    parameters:
      domain: { description: Where it is }
    baseURL: https://{domain}/api
    credentials:
      token: { description: A token }
    authentication:
      - name: token
        header: { value: "Bearer {token}" }
    pagination: link
    grantsHeader: x-grants
    collections:
      users: { get: /users, identity: id, label: id, permissions: [users.read] }
      policies: { get: /policies, identity: id, permissions: [policies.read] }
      audits: { get: /audits, identity: id, permissions: [audits.read] }
    """)

  static func instance(
    _ name: String = "acme-eu", at domain: String, isOn: Bool = true, maxAge: String = "24h"
  ) -> String {
    Declare.document(
      "Instance", name,
      """
      app: acme
      recommendations: \(isOn ? "on" : "off")
      source: { api: { parameters: { domain: '\(domain)' } } }
      maxAge: \(maxAge)
      """) + "---\n"
  }

  /// - Parameters:
  ///   - instances: Documents; by default one instance at the server.
  ///   - connector: The app's.
  init(_ instances: String, connector: String = Self.connector) throws {
    scratch = try Scratch()
    try scratch.makeRepository([
      "desired-state/acme.yaml": connector,
      "desired-state/recommendations.yaml": Company.recommendations,
      "desired-state/instances.yaml": instances,
    ])
    environment["XDG_STATE_HOME"] = "\(scratch.path)/state"
    environment["PLUMB_ACME_EU_TOKEN"] = Self.token
  }

  /// What the vendor answers: three users, of whom so many have a second factor.
  static func answer(_ request: VendorServer.Request, mfa: Int = 3) -> VendorServer.Answer {
    switch request.path {
    case "/api/users":
      .json("[\((0..<3).map { #"{"id":"u\#($0)","mfa":\#($0 < mfa)}"# }.joined(separator: ","))]")
    case "/api/policies": .json(#"[{"id":"p","idle":15}]"#)
    default: .json("[]")
    }
  }

  /// Runs the program, which may reach these servers.
  func plumb(_ arguments: [String], at servers: [VendorServer] = []) throws -> Run {
    try Run(
      try #require(Program.path, "the program is not built"),
      arguments + servers.flatMap { ["--allow-host", $0.origin] },
      in: "\(scratch.path)/repository", environment: environment)
  }

  /// Where the repository's observations are kept, relative to the scratch folder.
  func store() throws -> String {
    let repositories = try FileManager.default.contentsOfDirectory(
      atPath: "\(scratch.path)/state/plumb")
    try #require(repositories.count == 1)
    return "state/plumb/\(repositories[0])/observations"
  }

  /// Forgets what was observed.
  func forget() throws {
    try FileManager.default.removeItem(atPath: "\(scratch.path)/state")
  }

  /// Makes the stored observation one of long ago, or of another time.
  func age(_ instance: String = "acme-eu", to time: String = "2026-01-01T00:00:00Z") throws {
    let name = "\(try store())/\(instance)/observation.json"
    let text = try #require(scratch.read(name))
    try scratch.overwrite(
      text.replacing(/"observedAt": "[^"]*"/, with: #""observedAt": "\#(time)""#), in: name)
  }
}
