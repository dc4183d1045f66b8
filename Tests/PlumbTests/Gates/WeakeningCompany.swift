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
    let observed = ["acme-eu", "acme-us", "acme-lab"].map { observation(of: $0) }
    for observation in observed { try scratch.observe(observation, in: "elsewhere") }
    try scratch.makeRepository(files, observed: observed)
    return scratch
  }

  /// Some users have a second factor, some have not; sessions are long everywhere.
  static func observation(
    of instance: String, factors: Int = 1,
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
    return StoredObservation(instance: instance, app: "acme", observedAt: at, contents)
  }

  private static let regional = Declare.document(
    "Initiative", "regional",
    """
    title: Regional
    targetScore: 40
    tracked: on
    instances: { matchLabels: { region: eu } }
    metrics:
      - { name: all, title: All, controls: [{ framework: ours, prefix: A }] }
    """)

  private static let files: [String: String] = [
    "desired-state/acme.yaml": [
      Declare.document(
        "Connector", "acme",
        """
        displayName: Acme
        hosts: [api.acme.example]
        baseURL: https://api.acme.example
        credentials: { token: { description: A token., secret: true } }
        authentication: [{ name: token, header: { value: "Bearer {token}" } }]
        redact: [phone]
        collections:
          users: { get: /users, identity: id, label: id, redact: [mail] }
          policies: { get: /policies, identity: id }
        """),
      Declare.document(
        "Definitions", "acme",
        """
        app: acme
        values: { longest: "30" }
        functions: [{ name: isPerson, parameters: [user], body: user.kind == "person" }]
        """),
      Declare.recommendation(
        "acme-mfa", "Require a second factor",
        """
        parameters: { factors: 2, forgiven: [root] }
        collection: users
        compliant: resource.factors >= parameters.factors || resource.id in parameters.forgiven
        label: resource.id
        settings: { factors: resource.factors }
        controls: [{ framework: ours, id: A.1 }]
        """),
      Declare.recommendation(
        "acme-idle", "End idle sessions", impact: "medium",
        """
        collection: policies
        compliant: resource.idle <= definitions.longest
        label: resource.id
        settings: { idle: resource.idle }
        """),
    ].documents,
    "desired-state/instances.yaml": [
      Declare.document(
        "Instance", "acme-eu", labels: "region: eu, site: hq",
        """
        app: acme
        displayName: Acme Europe
        recommendations: on
        maxAge: 12h
        source: { recorded: { path: observed/acme-eu, parameters: { org: eu } } }
        breakGlass: [{ id: ada, kind: user, reason: The last way in., owner: it@acme.example }]
        """),
      Declare.document(
        "Instance", "acme-us", labels: #"robots: "yes""#,
        """
        app: acme
        recommendations: on
        source: { recorded: { path: observed/acme-us } }
        """),
      Declare.instance(
        "acme-lab", labels: #"region: eu, robots: "yes", site: lab"#, "recommendations: off"),
    ].documents,
    "desired-state/initiative.yaml": [Company.initiative, regional].documents,
    "desired-state/settings.yaml": Declare.document(
      "Settings", "settings",
      """
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
      notifications: [{ to: security, on: [regressed, suspect], minImpact: medium }]
      """),
    "desired-state/override.yaml": Declare.document(
      "RecommendationOverride", "idle", "{ recommendation: acme-idle, impact: low, enabled: on }"),
    "desired-state/exceptions.yaml": Declare.document(
      "Exception", "robots",
      """
      recommendations: [acme-mfa]
      status: riskAccepted
      instances: { matchLabels: { robots: "yes" } }
      resources: resource.kind == "robot"
      justification: Robots have no fingers.
      owner: it@acme.example
      ticket: RISK-1
      expires: 2026-12-31
      """),
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
    try scratch.replace(old, with: new, in: "desired-state/\(name).yaml")
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
    try scratch.write(observation, to: "repository/\(folder)")
  }
}
