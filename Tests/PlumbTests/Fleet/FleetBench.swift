import Foundation
import JSON
import TestSupport
import Testing

/// A company whose tenants are shared out: some are read over an API on the loopback interface, two are recorded, and
/// what is recorded of those was judged when a time had not come that has come since.
struct FleetBench {
  let company: LiveCompany
  let server: VendorServer
  let names: [String]
  /// What counts as now: a minute ago, so that what the shards observe is later.
  let at: String

  static func token(_ name: String) -> String { "token-of-\(name)-0123456789" }

  static func variable(_ name: String) -> String {
    "PLUMB_\(name.uppercased().replacing("-", with: "_"))_TOKEN"
  }

  /// Whose token a request has.
  static func instance(of request: VendorServer.Request) -> String {
    let token = request.header("authorization") ?? ""
    return token.replacing("Bearer token-of-", with: "").replacing("-0123456789", with: "")
  }

  static func time(_ seconds: Int) -> String {
    Date(timeIntervalSinceNow: Double(seconds)).ISO8601Format()
  }

  /// - Parameters:
  ///   - count: Tenants that are read over the API.
  ///   - fields: More lines of each of their specs.
  init(
    _ server: VendorServer, count: Int, fields: String = "",
    connector: String = LiveCompany.connector
  ) throws {
    self.server = server
    names = (0..<count).map { "acme-\($0)" }
    at = Self.time(-60)
    let live = names.map { name in
      Declare.document(
        "Instance", name,
        "app: acme\nsource: { api: { parameters: { domain: '\(server.authority)' } } }\n\(fields)")
    }
    let recorded = ["old-0", "old-1"].map { Declare.instance($0, of: "acme", "maxAge: 100000d") }
    var company = try LiveCompany((live + recorded).documents, connector: connector)
    for name in ["old-0", "old-1"] {
      try company.scratch.observe(
        StoredObservation(
          instance: name, app: "acme", observedAt: Self.time(-3 * 86_400),
          [
            "users": [["id": "u0", "mfa": true, "until": .string(Self.time(-86_400))]],
            "policies": [["id": "p", "idle": 10]],
          ]))
    }
    try company.scratch.commit([
      "desired-state/until.yaml": Declare.recommendation(
        "acme-until", "Let access end",
        """
        collection: users
        where: has(resource.until)
        compliant: timestamp(resource.until) > now
        label: resource.id
        """)
    ])
    company.environment["XDG_STATE_HOME"] = nil
    company.environment["PLUMB_STORE"] = "\(company.scratch.path)/store"
    company.environment["PLUMB_ACME_EU_TOKEN"] = nil
    self.company = company
    let first = try plumb("apply", "--no-refresh", "--at", Self.time(-2 * 86_400))
    try #require(first.status == 0, "\(first.error)")
    // Who merges, and who applies, each have the same repository before them.
    try company.scratch.git("clone", "--quiet", "repository", "clone", in: "")
    try company.scratch.git(
      "branch", "--quiet", "plumb/reports", "origin/plumb/reports", in: "clone")
  }

  var credentials: [String: String] {
    Dictionary(uniqueKeysWithValues: names.map { (Self.variable($0), Self.token($0)) })
  }

  var fleetFile: String { "\(company.scratch.path)/fleet.json" }
  var parts: String { "\(company.scratch.path)/parts" }

  func plumb(
    _ arguments: [String], in folder: String = "repository", environment: [String: String] = [:]
  ) throws -> Run {
    try start(arguments, in: folder, environment: environment).finish()
  }

  func start(
    _ arguments: [String], in folder: String = "repository", environment: [String: String] = [:]
  ) throws -> Run.Started {
    try Run.Started(
      try #require(Program.path, "the program is not built"), arguments,
      in: "\(company.scratch.path)/\(folder)",
      environment: company.environment.merging(environment) { $1 })
  }

  func plumb(_ arguments: String...) throws -> Run { try plumb(arguments) }

  @discardableResult
  func split(_ shards: Int, _ arguments: String...) throws -> Run {
    let run = try plumb(
      ["fleet", "split", "--shards", "\(shards)", "--out", fleetFile, "--at", at] + arguments)
    #expect(run.status == 0, "\(run.error)")
    return run
  }

  /// The names in each shard.
  func shards() throws -> [[String]] {
    let file = JSONValue(try JSONView(parsing: try #require(company.scratch.read("fleet.json"))))
    return (file["shards"]?.array ?? []).map {
      $0["instances"]?.array?.compactMap(\.string) ?? []
    }
  }

  /// Runs a share with what `plumb fleet secrets` says that it needs, and nothing else.
  func run(_ index: Int, _ arguments: String..., parts: String? = nil) throws -> Run {
    let secrets = try plumb("fleet", "secrets", "--fleet", fleetFile, "--index", "\(index)")
    #expect(secrets.status == 0, "\(secrets.error)")
    let needed = Set(secrets.output.split(separator: "\n").map(String.init))
    return try plumb(
      [
        "fleet", "run", "--fleet", fleetFile, "--index", "\(index)", "--parts",
        parts ?? self.parts, "--allow-host", server.origin,
      ] + arguments, environment: credentials.filter { needed.contains($0.key) })
  }

  func merge(in folder: String = "clone", _ arguments: String..., parts: String? = nil) throws
    -> Run
  {
    try plumb(
      ["fleet", "merge", "--fleet", fleetFile, "--parts", parts ?? self.parts] + arguments,
      in: folder)
  }

  /// The commit of what one process records of the same observations.
  func applied(_ arguments: String...) throws -> String {
    let run = try plumb(["apply", "--no-refresh", "--at", at] + arguments)
    #expect(run.status == 0 || run.status == 3, "\(run.error)")
    return try tip("repository")
  }

  func tip(_ folder: String = "clone") throws -> String {
    try company.scratch.git("rev-parse", "plumb/reports", in: folder)
  }
}
