import Foundation
import JSON
import TestSupport

/// A company that declares something of every kind, and pull requests on it.
///
/// The repository is made once; each pull request works in a copy.
final class WeakeningCompany: Sendable {
  let scratch: Scratch

  static let at = "2026-06-01T07:00:00Z"

  private static let template = Result { try makeTemplate() }

  init() throws {
    let template = try Self.template.get()
    scratch = try Scratch()
    try scratch.copy(template.path + "/repository", to: "repository")
  }

  private static func makeTemplate() throws -> Scratch {
    let scratch = try Scratch()
    var files = files
    for (instance, app) in ["acme-eu": "acme", "acme-us": "acme", "acme-lab": "acme"] {
      for folder in ["observed", "elsewhere"] {
        for (name, text) in observation(of: instance, app: app).files {
          files["\(folder)/\(instance)/\(name)"] = text
        }
      }
    }
    try scratch.makeRepository(files)
    return scratch
  }

  /// Some users have a second factor, some have not; sessions are long everywhere.
  static func observation(
    of instance: String, app: String = "acme", factors: Int = 1,
    at: String = "2026-06-01T06:00:00Z",
    incomplete: [String] = []
  ) -> StoredObservation {
    var contents: KeyValuePairs<String, [JSONValue]> = [
      "users": [
        ["id": "ada", "factors": 2, "kind": "person"],
        ["id": "bob", "factors": .int(Int64(factors)), "kind": "person"],
        ["id": "robot", "factors": 0, "kind": "robot"],
      ],
      "policies": [["id": "default", "idle": 480, "names": ["a", "b"]]],
    ]
    if incomplete.contains("policies") { contents = ["users": contents[0].value] }
    return StoredObservation(instance: instance, app: app, observedAt: at, contents)
  }

  private static let regional = """
    ---
    apiVersion: plumb/v1
    kind: Initiative
    metadata: { name: regional }
    spec:
      title: Regional
      targetScore: 40
      tracked: on
      instances: { matchLabels: { region: eu } }
      metrics:
        - { name: all, title: All, controls: [{ framework: ours, prefix: A }] }

    """

  private static let files: [String: String] = [
    "desired-state/acme.yaml": """
    apiVersion: plumb/v1
    kind: Connector
    metadata: { name: acme }
    spec:
      displayName: Acme
      hosts: [api.acme.example]
      baseURL: https://api.acme.example
      credentials: { token: { description: A token., secret: true } }
      authentication: [{ name: token, header: { value: "Bearer {token}" } }]
      redact: [phone]
      collections:
        users: { get: /users, identity: id, label: id, redact: [mail] }
        policies: { get: /policies, identity: id }
    ---
    apiVersion: plumb/v1
    kind: Definitions
    metadata: { name: acme }
    spec:
      app: acme
      values: { longest: "30" }
      functions: [{ name: isPerson, parameters: [user], body: user.kind == "person" }]
    ---
    apiVersion: plumb/v1
    kind: Recommendation
    metadata: { name: acme-mfa }
    spec:
      app: acme
      title: Require a second factor
      impact: high
      category: identity
      parameters: { factors: 2, forgiven: [root] }
      collection: users
      compliant: resource.factors >= parameters.factors || resource.id in parameters.forgiven
      label: resource.id
      settings: { factors: resource.factors }
      controls: [{ framework: ours, id: A.1 }]
      remediation: Do it.
    ---
    apiVersion: plumb/v1
    kind: Recommendation
    metadata: { name: acme-idle }
    spec:
      app: acme
      title: End idle sessions
      impact: medium
      category: identity
      collection: policies
      compliant: resource.idle <= definitions.longest
      label: resource.id
      settings: { idle: resource.idle }
      remediation: Do it.

    """,
    "desired-state/instances.yaml": """
    apiVersion: plumb/v1
    kind: Instance
    metadata: { name: acme-eu, labels: { region: eu, site: hq } }
    spec:
      app: acme
      displayName: Acme Europe
      recommendations: on
      maxAge: 12h
      source: { recorded: { path: observed/acme-eu, parameters: { org: eu } } }
      breakGlass: [{ id: ada, kind: user, reason: The last way in., owner: it@acme.example }]
    ---
    apiVersion: plumb/v1
    kind: Instance
    metadata: { name: acme-us, labels: { robots: "yes" } }
    spec:
      app: acme
      recommendations: on
      source: { recorded: { path: observed/acme-us } }
    ---
    apiVersion: plumb/v1
    kind: Instance
    metadata: { name: acme-lab, labels: { region: eu, robots: "yes", site: lab } }
    spec: { app: acme, recommendations: off, source: { recorded: { path: observed/acme-lab } } }

    """,
    "desired-state/initiative.yaml": Company.initiative + regional,
    "desired-state/settings.yaml": """
    apiVersion: plumb/v1
    kind: Settings
    metadata: { name: settings }
    spec:
      reports: { branch: plumb/reports, path: reports }
      drift: { scoreDropThreshold: 2 }
      exceptions: { maxDuration: 365d, expiringSoon: 14d }
      gates:
        newNotCompliant: high
        scoreBelowTarget: warn
        expiredException: fail
        coverageBelow: 60
        staleObservation: fail
        lessAssessed: fail

    """,
    "desired-state/override.yaml": """
    apiVersion: plumb/v1
    kind: RecommendationOverride
    metadata: { name: idle }
    spec: { recommendation: acme-idle, impact: low, enabled: on }

    """,
    "desired-state/exceptions.yaml": """
    apiVersion: plumb/v1
    kind: Exception
    metadata: { name: robots }
    spec:
      recommendations: [acme-mfa]
      status: riskAccepted
      instances: { matchLabels: { robots: "yes" } }
      resources: resource.kind == "robot"
      justification: Robots have no fingers.
      owner: it@acme.example
      ticket: RISK-1
      expires: 2026-12-31

    """,
  ]

  // MARK: Pull requests

  /// Commits the change on a branch of its own, and its undoing on another one that leaves from there.
  func open(_ request: PullRequest) throws {
    try scratch.git("checkout", "--quiet", "-b", "change")
    try request.edit(self)
    try scratch.commit([:], "Change")
    try scratch.git("checkout", "--quiet", "-b", "back")
    try scratch.git("rm", "-r", "--quiet", ".")
    try scratch.git("checkout", "main", "--", ".")
    try scratch.commit([:], "Back")
  }

  func plan(_ head: String, base: String, _ more: [String] = []) throws -> Run {
    try scratch.git("checkout", "--quiet", head)
    return try scratch.plumb(
      ["plan", "--base", base, "--at", Self.at, "--no-refresh", "--format", "json"] + more)
  }

  func replace(_ old: String, with new: String, in name: String) throws {
    let path = "repository/desired-state/\(name).yaml"
    let text = scratch.read(path) ?? ""
    guard text.contains(old) else { throw Scratch.Failure(description: "\(name) has no '\(old)'") }
    try scratch.write(text.replacingOccurrences(of: old, with: new), to: path)
  }

  func write(_ text: String, to name: String) throws {
    try scratch.write(text + "\n", to: "repository/desired-state/\(name).yaml")
  }

  func delete(_ names: String...) throws {
    for name in names {
      try FileManager.default.removeItem(
        at: scratch.url("repository/desired-state/\(name).yaml"))
    }
  }

  func observe(_ observation: StoredObservation, in folder: String) throws {
    for (name, text) in observation.files {
      try scratch.write(text, to: "repository/\(folder)/\(name)")
    }
  }
}
