import TestSupport
import Testing

/// A pull request on ``WeakeningCompany``, and what it does.
struct PullRequest: Sendable, CustomTestStringConvertible {
  enum Effect: String, Sendable { case weakens, strengthens, neutral }

  /// What it hides, or what else it does.
  let testDescription: String
  let effect: Effect
  /// What undoing it does.
  let undone: Effect
  /// The kind of change that tells it, and the field.
  let type: String
  let field: String?
  let edit: @Sendable (WeakeningCompany) throws -> Void

  init(
    _ description: String, _ effect: Effect, undone: Effect, _ type: String, _ field: String? = nil,
    _ edit: @escaping @Sendable (WeakeningCompany) throws -> Void
  ) {
    testDescription = description
    self.effect = effect
    self.undone = undone
    self.type = type
    self.field = field
    self.edit = edit
  }

  /// One text of a file becomes another.
  init(
    _ description: String, _ effect: Effect, undone: Effect, _ type: String, _ field: String? = nil,
    _ file: String, _ old: String, _ new: String
  ) {
    self.init(description, effect, undone: undone, type, field) {
      try $0.replace(old, with: new, in: file)
    }
  }
}

extension PullRequest {
  static let all = instances + goals + exceptions + settings + recommendations + readers + data

  static let instances: [PullRequest] = [
    PullRequest(
      // Undone, the exceptions come back with them.
      "hides every tenant: all instances are deleted", .weakens, undone: .weakens,
      "instanceRemoved"
    ) { company in
      try company.delete("instances", "exceptions")
      try company.replace(
        "  instances: { matchLabels: { region: eu } }\n", with: "", in: "initiative")
    },
    PullRequest(
      "hides one tenant: an instance is deleted", .weakens, undone: .strengthens,
      "instanceRemoved"
    ) { company in
      try company.replace(
        "kind: Instance\nmetadata: { name: acme-us, labels: { robots: \"yes\" } }\nspec:\n  app: acme\n  recommendations: on\n  source: { recorded: { path: observed/acme-us } }\n---\napiVersion: plumb/v1\n",
        with: "", in: "instances")
    },
    PullRequest(
      "hides every tenant: all are switched off", .weakens, undone: .strengthens,
      "recommendationsOff", "recommendations", "instances", "recommendations: on",
      "recommendations: off"),
    PullRequest(
      "hides one tenant: it is switched off", .weakens, undone: .strengthens,
      "recommendationsOff", "recommendations", "instances",
      "app: acme\n  recommendations: on", "app: acme\n  recommendations: off"),
    PullRequest(
      "hides old age: maxAge is raised", .weakens, undone: .strengthens, "instanceChanged",
      "maxAge", "instances", "maxAge: 12h", "maxAge: 9999d"),
    PullRequest(
      "hides a tenant from an initiative: a label that chose it is another", .weakens,
      undone: .strengthens, "instanceChanged", "metadata.labels", "instances",
      "region: eu, site: hq", "region: north, site: hq"),
    PullRequest(
      "hides one more tenant's robots: a label lets an exception in", .weakens,
      undone: .strengthens, "instanceChanged", "metadata.labels", "instances",
      "region: eu, site: hq", "region: eu, robots: \"yes\", site: hq"),
    PullRequest(
      "hides nothing: a label that nobody asks for", .neutral, undone: .neutral,
      "instanceChanged", "metadata.labels", "instances", "site: hq", "site: main"),
    PullRequest(
      "hides nothing: another display name", .neutral, undone: .neutral, "instanceChanged",
      "displayName", "instances", "Acme Europe", "Acme EU"),
    PullRequest(
      "hides what the tenant is: other data is read", .weakens, undone: .weakens,
      "instanceChanged", "source.recorded.path", "instances", "observed/acme-eu",
      "elsewhere/acme-eu"),
    PullRequest(
      "hides which tenant it is: a parameter is another", .weakens, undone: .weakens,
      "instanceChanged", "source.recorded.parameters.org", "instances", "org: eu", "org: north"),
    PullRequest(
      "hides the tenant behind recorded data: undoing it reads data in place of the API",
      .strengthens,
      undone: .weakens, "instanceChanged", "source.api"
    ) { company in
      try company.replace(
        "source: { recorded: { path: observed/acme-us } }", with: "source: { api: {} }",
        in: "instances")
    },
    PullRequest(
      "hides nothing: another source delivers what the first has not", .neutral, undone: .weakens,
      "instanceChanged", "source[recorded elsewhere/acme-us]", "instances",
      "source: { recorded: { path: observed/acme-us } }",
      "source: [{ recorded: { path: observed/acme-us } }, { recorded: { path: elsewhere/acme-us } }]"
    ),
    PullRequest(
      "hides what the tenant is: other data goes before it", .weakens, undone: .weakens,
      "instanceChanged", "source", "instances", "source: { recorded: { path: observed/acme-us } }",
      "source: [{ recorded: { path: elsewhere/acme-us } }, { recorded: { path: observed/acme-us } }]"
    ),
    PullRequest(
      "hides a tenant for a while: it is suspended", .weakens, undone: .strengthens,
      "instanceChanged", "suspend", "instances", "maxAge: 12h",
      "maxAge: 12h\n  suspend: { reason: It moves., until: 2099-12-31 }"),
    PullRequest(
      "hides old age: a source's own maxAge is raised", .weakens, undone: .strengthens,
      "instanceChanged", "source.maxAge", "instances",
      "source: { recorded: { path: observed/acme-us } }",
      "source: { recorded: { path: observed/acme-us }, maxAge: 9999d }"),
    PullRequest(
      "hides a person: one more break-glass account", .weakens, undone: .strengthens,
      "breakGlassAdded", nil, "instances", "breakGlass: [{",
      "breakGlass: [{ id: bob, kind: user, reason: Too busy., owner: bob@acme.example }, {"),
    PullRequest(
      "hides everybody in a group: break-glass of another kind", .weakens, undone: .weakens,
      "breakGlassChanged", "kind", "instances", "kind: user", "kind: group"),
    PullRequest(
      "hides nothing: the owner of a break-glass account is another", .neutral, undone: .neutral,
      "breakGlassChanged", "owner", "instances", "owner: it@acme.example",
      "owner: ciso@acme.example"),
  ]

  static let goals: [PullRequest] = [
    PullRequest(
      "hides every score: all initiatives are untracked", .weakens, undone: .strengthens,
      "initiativeUntracked", "tracked"
    ) { company in
      try company.replace("tracked: on", with: "tracked: off", in: "initiative")
      try company.replace(
        "targetScore: 50", with: "targetScore: 50\n  tracked: off", in: "initiative")
    },
    PullRequest(
      "hides a score: an initiative is untracked", .weakens, undone: .strengthens,
      "initiativeUntracked", "tracked", "initiative", "tracked: on", "tracked: off"),
    PullRequest(
      "hides how far the goal is: a target is lowered", .weakens, undone: .strengthens,
      "targetChanged", "targetScore", "initiative", "targetScore: 50", "targetScore: 1"),
    PullRequest(
      "hides a tenant: an initiative is about fewer", .weakens, undone: .strengthens,
      "initiativeChanged", "instances", "initiative", "title: Ours",
      "title: Ours\n  instances: [acme-eu]"),
    PullRequest(
      "hides what matters most: a weight is lowered", .weakens, undone: .strengthens,
      "weightChanged", "metrics[users].weight", "initiative", "weight: high", "weight: medium"),
    PullRequest(
      "hides a metric: it is left out of the score", .weakens, undone: .strengthens,
      "initiativeChanged", "metrics[sessions]", "initiative",
      "    - { name: sessions, title: Sessions, weight: low, recommendations: [acme-idle] }\n", ""),
    PullRequest(
      "hides a recommendation: a metric counts another in its place", .weakens, undone: .weakens,
      "initiativeChanged", "metrics[all].controls", "initiative",
      "controls: [{ framework: ours, prefix: A }]",
      "controls: [{ framework: ours, prefix: B }], recommendations: [acme-idle]"),
    PullRequest(
      "hides nothing: a metric's title is another", .neutral, undone: .neutral,
      "initiativeChanged", "metrics[users].title", "initiative", "title: Users",
      "title: People"),
  ]

  static let exceptions: [PullRequest] = [
    PullRequest(
      "hides a finding: a risk is accepted", .weakens, undone: .strengthens, "exceptionAdded"
    ) { company in
      try company.write(
        Declare.exception(
          "late", of: "acme-idle", on: "acme-eu", status: "planned", justification: "In autumn.",
          owner: "it@acme.example", expires: "2026-10-01"), to: "late")
    },
    PullRequest(
      "hides for longer: an exception is prolonged", .weakens, undone: .strengthens,
      "exceptionChanged", "expires", "exceptions", "2026-12-31", "2027-03-01"),
    PullRequest(
      "hides more: an exception covers one more recommendation", .weakens, undone: .strengthens,
      "exceptionChanged", "recommendations", "exceptions", "recommendations: [acme-mfa]",
      "recommendations: [acme-mfa, acme-idle]"),
    PullRequest(
      "hides more: an exception covers one more tenant, undone: all with a label",
      .weakens, undone: .weakens,
      "exceptionChanged", "instances", "exceptions",
      "instances: { matchLabels: { robots: \"yes\" } }",
      "instances: [acme-us, acme-eu]"),
    PullRequest(
      "hides more: an exception is about every resource", .weakens, undone: .strengthens,
      "exceptionChanged", "resources", "exceptions",
      "  resources: resource.kind == \"robot\"\n", ""),
    PullRequest(
      "hides a decision: a risk is said to be resolved", .weakens, undone: .strengthens,
      "exceptionChanged", "status", "exceptions", "status: riskAccepted",
      "status: resolvedThroughThirdParty"),
    PullRequest(
      "hides nothing: an exception's owner and words are others", .neutral, undone: .neutral,
      "exceptionChanged", "owner", "exceptions", "owner: it@acme.example",
      "owner: ciso@acme.example"),
  ]

  static let settings: [PullRequest] = [
    PullRequest(
      "hides what fails: a gate warns", .weakens, undone: .strengthens, "settingsChanged",
      "gates.expiredException", "settings", "expiredException: fail", "expiredException: warn"),
    PullRequest(
      "hides what fails: a gate is gone", .weakens, undone: .strengthens, "settingsChanged",
      "gates.coverageBelow", "settings", "    coverageBelow: 60\n", ""),
    PullRequest(
      "hides what fails: the Settings are deleted", .weakens, undone: .strengthens,
      "settingsChanged", "gates.staleObservation"
    ) { try $0.delete("settings") },
    PullRequest(
      "hides itself: the gate about weakening warns", .weakens, undone: .strengthens,
      "settingsChanged", "gates.lessAssessed", "settings", "lessAssessed: fail",
      "lessAssessed: warn"),
    PullRequest(
      "hides falls of a score: the threshold is raised", .weakens, undone: .strengthens,
      "settingsChanged", "drift.scoreDropThreshold", "settings", "scoreDropThreshold: 2",
      "scoreDropThreshold: 50"),
    PullRequest(
      "hides how long risks are accepted: the cap is raised", .weakens, undone: .strengthens,
      "settingsChanged", "exceptions.maxDuration", "settings", "maxDuration: 365d",
      "maxDuration: 3650d"),
    PullRequest(
      "hides that exceptions end: announced later", .weakens, undone: .strengthens,
      "settingsChanged", "exceptions.expiringSoon", "settings", "expiringSoon: 14d",
      "expiringSoon: 1d"),
    PullRequest(
      "hides what happens: a channel hears of less", .weakens, undone: .strengthens,
      "settingsChanged", "notifications", "settings", "on: [regressed, suspect]", "on: [suspect]"),
    PullRequest(
      "hides what happens: a channel hears of what is high alone", .weakens, undone: .strengthens,
      "settingsChanged", "notifications", "settings", "minImpact: medium", "minImpact: high"),
    PullRequest(
      "hides what happens: somebody else hears of it", .weakens, undone: .weakens,
      "settingsChanged", "notifications", "settings", "to: security", "to: nobody"),
    PullRequest(
      "hides what was recorded: reports go to another branch", .weakens, undone: .weakens,
      "settingsChanged", "reports.branch", "settings", "branch: plumb/reports",
      "branch: plumb/other"),
  ]
}
