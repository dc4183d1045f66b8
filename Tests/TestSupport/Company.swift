internal import JSON

/// A company in a real repository, with an app of its own, so that the built-in catalog may grow.
///
/// The repository is `repository` in the scratch folder; the observations lie in its working tree.
package struct Company: Sendable {
  package let scratch: Scratch

  package var path: String { scratch.path + "/repository" }

  /// The app's connector and its recommendations.
  package static let connector = [
    Declare.connector("acme", "users: { identity: id }, policies: { identity: id }"),
    recommendations,
  ].documents

  /// What the app is assessed for, whatever it is read over.
  package static let recommendations = [
    Declare.recommendation(
      "acme-mfa", "Require a second factor",
      """
      collection: users
      compliant: resource.mfa
      label: resource.id
      settings: { mfa: resource.mfa }
      """),
    Declare.recommendation(
      "acme-idle", "End idle sessions", impact: "low",
      """
      collection: policies
      compliant: resource.idle <= 30
      label: resource.id
      settings: { idle: resource.idle }
      """),
  ].documents

  package static let instances = [instance("acme-eu"), instance("acme-us")].documents

  /// An instance that never grows old.
  package static func instance(_ name: String) -> String {
    Declare.instance(name, "recommendations: on, maxAge: 100000d")
  }

  package static let initiative = initiative(users: "high", sessions: "low")

  /// - Parameters: The weights of the metrics.
  package static func initiative(users: String, sessions: String) -> String {
    Declare.document(
      "Initiative", "ours",
      """
      title: Ours
      targetScore: 50
      metrics:
        - { name: users, title: Users, weight: \(users), recommendations: [acme-mfa] }
        - { name: sessions, title: Sessions, weight: \(sessions), recommendations: [acme-idle] }
      """)
  }

  /// The desired state's files, relative to the repository.
  package static let files = [
    "desired-state/acme.yaml": connector, "desired-state/instances.yaml": instances,
    "desired-state/initiative.yaml": initiative,
  ]

  /// A repository that is there already.
  package init(scratch: Scratch) { self.scratch = scratch }

  package init(adding files: [String: String] = [:]) throws {
    scratch = try Scratch()
    try scratch.makeRepository(
      Self.files.merging(files) { $1 },
      observed: ["acme-eu", "acme-us"].map { Self.observation(of: $0) })
  }

  /// A tenant with some users, of whom so many have a second factor.
  package static func observation(
    of instance: String, users: Int = 3, mfa: Int = 3, idle: Int = 15,
    at time: String = "2026-06-01T06:00:00Z"
  ) -> StoredObservation {
    StoredObservation(
      instance: instance, app: "acme", observedAt: time,
      [
        "users": (0..<users).map { ["id": .string("user-\($0)"), "mfa": .bool($0 < mfa)] },
        "policies": [["id": "default", "idle": .int(Int64(idle))]],
      ])
  }

  /// Writes what was observed of an instance.
  package func observe(
    _ instance: String = "acme-eu", users: Int = 3, mfa: Int = 3, idle: Int = 15,
    at time: String = "2026-06-01T06:00:00Z"
  ) throws {
    try scratch.observe(
      Self.observation(of: instance, users: users, mfa: mfa, idle: idle, at: time))
  }
}
