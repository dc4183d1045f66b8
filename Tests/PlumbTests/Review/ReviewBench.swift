import JSON
import TestSupport

/// A small company in a real repository, and the real program run in it.
struct ReviewBench {
  let scratch: Scratch
  var path: String { scratch.path + "/repository" }

  /// One app of the repository's own, so that the built-in catalog may grow.
  static let company: [String: String] = [
    "desired-state/acme.yaml": [
      Declare.connector("acme", "users: { identity: id }, policies: { identity: id }"),
      Declare.recommendation(
        "acme-mfa", "Require a second factor",
        """
        parameters: { factors: 2 }
        collection: users
        compliant: resource.factors >= parameters.factors
        label: resource.id
        settings: { factors: resource.factors }
        """),
      Declare.recommendation(
        "acme-idle", "End idle sessions", impact: "medium",
        """
        collection: policies
        compliant: resource.idle <= 30
        label: resource.id
        settings: { idle: resource.idle }
        """),
    ].documents,
    "desired-state/instances.yaml": "# The tenants.\n" + Company.instances,
    "desired-state/initiative.yaml": Company.initiative,
    "desired-state/settings.yaml": Declare.settings("gates: { expiredException: fail }"),
    // Its comments and its layout are what `except` keeps.
    "desired-state/exceptions/acme.yaml": """
    # Risks that somebody accepts.
    apiVersion: plumb/v1
    kind: Exception
    metadata: { name: robots }   # bots, really
    spec:
      recommendation: acme-mfa
      status: riskAccepted
      instances: [acme-eu]
      resources: resource.id.startsWith("robot")
      justification: Robots have no fingers.
      owner: it@acme.example
      expires: 2026-12-31

    """,
  ]

  init(_ changes: [String: String] = [:]) throws {
    scratch = try Scratch()
    try scratch.makeRepository(
      Self.company.merging(changes) { $1 },
      observed: [
        Self.observation(
          "acme-eu", users: ["ada": 2, "bob": 1, "robot-1": 0], policies: ["p": 480]),
        Self.observation("acme-us", users: ["eve": 2, "kim": 1], policies: ["p": 15]),
      ], by: "Ann Lee", on: "2026-03-01T09:00:00Z")
  }

  private static func observation(
    _ instance: String, users: KeyValuePairs<String, Int>, policies: [String: Int]
  ) -> StoredObservation {
    StoredObservation(
      instance: instance, app: "acme",
      [
        "users": users.map { ["id": .string($0.key), "factors": .int(Int64($0.value))] },
        "policies": policies.map { ["id": .string($0.key), "idle": .int(Int64($0.value))] },
      ])
  }

  /// Stores an observation, written as Plumb stores one.
  func observe(_ instance: String, users: KeyValuePairs<String, Int>, policies: [String: Int])
    throws
  {
    try scratch.observe(Self.observation(instance, users: users, policies: policies))
  }

  func write(_ text: String, to name: String) throws {
    try scratch.write(text, to: "repository/\(name)")
  }

  func read(_ name: String) throws -> String {
    guard let text = scratch.read("repository/\(name)") else {
      throw Scratch.Failure(description: "there is no \(name)")
    }
    return text
  }

  func replace(_ old: String, with new: String, in name: String) throws {
    try scratch.replace(old, with: new, in: name)
  }

  func commit(_ author: String, _ date: String) throws {
    try scratch.commit(by: author, on: date)
  }

  /// Runs the program; what it prints of its repository's path and commits is what the test knows.
  func plumb(_ arguments: String..., in folder: String = "repository") throws -> Run {
    try scratch.plumb(arguments, in: folder)
  }

  func plumb(_ arguments: [String], environment: [String: String] = [:]) throws -> Run {
    try scratch.plumb(arguments, environment: environment)
  }
}
