internal import JSON

/// A company in a real repository, with an app of its own, so that the built-in catalog may grow.
///
/// The repository is `repository` in the scratch folder; the observations lie in its working tree.
package struct Company: Sendable {
  package let scratch: Scratch

  package var path: String { scratch.path + "/repository" }

  /// The app's connector and its recommendations.
  package static let connector = """
    apiVersion: plumb/v1
    kind: Connector
    metadata: { name: acme }
    spec:
      displayName: Acme
      collections: { users: { identity: id }, policies: { identity: id } }
    ---

    """ + recommendations

  /// What the app is assessed for, whatever it is read over.
  package static let recommendations = """
    apiVersion: plumb/v1
    kind: Recommendation
    metadata: { name: acme-mfa }
    spec:
      app: acme
      title: Require a second factor
      impact: high
      category: identity
      collection: users
      compliant: resource.mfa
      label: resource.id
      settings: { mfa: resource.mfa }
      remediation: Do it.
    ---
    apiVersion: plumb/v1
    kind: Recommendation
    metadata: { name: acme-idle }
    spec:
      app: acme
      title: End idle sessions
      impact: low
      category: identity
      collection: policies
      compliant: resource.idle <= 30
      label: resource.id
      settings: { idle: resource.idle }
      remediation: Do it.

    """

  package static let instances = """
    apiVersion: plumb/v1
    kind: Instance
    metadata: { name: acme-eu }
    spec: { app: acme, recommendations: on, maxAge: 100000d, source: { recorded: { path: observed/acme-eu } } }
    ---
    apiVersion: plumb/v1
    kind: Instance
    metadata: { name: acme-us }
    spec: { app: acme, recommendations: on, maxAge: 100000d, source: { recorded: { path: observed/acme-us } } }

    """

  package static let initiative = initiative(users: "high", sessions: "low")

  /// - Parameters: The weights of the metrics.
  package static func initiative(users: String, sessions: String) -> String {
    """
    apiVersion: plumb/v1
    kind: Initiative
    metadata: { name: ours }
    spec:
      title: Ours
      targetScore: 50
      metrics:
        - { name: users, title: Users, weight: \(users), recommendations: [acme-mfa] }
        - { name: sessions, title: Sessions, weight: \(sessions), recommendations: [acme-idle] }

    """
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
    var all = Self.files.merging(files) { $1 }
    for instance in ["acme-eu", "acme-us"] {
      for (name, text) in Self.observation(of: instance).files {
        all["observed/\(instance)/\(name)"] = text
      }
    }
    try scratch.makeRepository(all)
  }

  /// A tenant with three users, of whom so many have a second factor.
  package static func observation(
    of instance: String, mfa: Int = 3, idle: Int = 15, at time: String = "2026-06-01T06:00:00Z"
  ) -> StoredObservation {
    StoredObservation(
      instance: instance, app: "acme", observedAt: time,
      [
        "users": (0..<3).map { ["id": .string("user-\($0)"), "mfa": .bool($0 < mfa)] },
        "policies": [["id": "default", "idle": .int(Int64(idle))]],
      ])
  }

  /// Writes what was observed of an instance.
  package func observe(
    _ instance: String = "acme-eu", mfa: Int = 3, idle: Int = 15,
    at time: String = "2026-06-01T06:00:00Z"
  ) throws {
    for (name, text) in Self.observation(of: instance, mfa: mfa, idle: idle, at: time).files {
      try scratch.write(text, to: "repository/observed/\(instance)/\(name)")
    }
  }
}
