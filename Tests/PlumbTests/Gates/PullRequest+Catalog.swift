import Foundation
import TestSupport

extension PullRequest {
  static let recommendations: [PullRequest] = [
    PullRequest(
      "hides a finding: just the recommendations that fail are disabled", .weakens,
      undone: .strengthens, "recommendationChanged", "enabled"
    ) { company in
      try company.write(
        Declare.document(
          "RecommendationOverride", "quiet", "{ recommendation: acme-mfa, enabled: off }"),
        to: "quiet")
      try company.replace("enabled: on", with: "enabled: off", in: "override")
    },
    PullRequest(
      "hides what matters: an impact is lowered", .weakens, undone: .strengthens,
      "recommendationChanged", "impact"
    ) { company in
      try company.write(
        Declare.document(
          "RecommendationOverride", "quiet", "{ recommendation: acme-mfa, impact: low }"),
        to: "quiet")
    },
    PullRequest(
      "hides people with one factor: a parameter asks for less", .weakens, undone: .strengthens,
      "recommendationChanged", "parameters.factors"
    ) { company in
      try company.write(
        Declare.document(
          "RecommendationOverride", "quiet",
          "{ recommendation: acme-mfa, parameters: { factors: 1 } }"), to: "quiet")
    },
    PullRequest(
      "hides a person: a list of the forgiven is longer", .weakens, undone: .strengthens,
      "recommendationChanged", "parameters.forgiven", "acme", "forgiven: [root]",
      "forgiven: [root, bob]"),
    PullRequest(
      "hides nothing: an override moves to another document", .neutral, undone: .neutral, "",
      nil, "override", "name: idle", "name: sessions"),
    PullRequest(
      "hides sessions: a condition is another", .weakens, undone: .weakens,
      "recommendationChanged", "compliant", "acme", "resource.idle <= definitions.longest",
      "resource.idle <= 10 * definitions.longest"),
    PullRequest(
      "hides people: a filter leaves some out", .weakens, undone: .weakens,
      "recommendationChanged", "where", "acme", "  collection: users\n",
      "  collection: users\n  where: isPerson(resource)\n"),
    PullRequest(
      "hides a value: what is recorded of a resource", .weakens, undone: .strengthens,
      "recommendationChanged", "settings.idle", "acme", "  settings: { idle: resource.idle }\n",
      ""),
    PullRequest(
      "hides a finding: a recommendation is removed", .weakens, undone: .strengthens,
      "recommendationChanged"
    ) { company in
      let text = company.scratch.read("repository/desired-state/acme.yaml") ?? ""
      let documents = text.components(separatedBy: "---\n")
      try company.scratch.write(
        documents.filter { !$0.contains("name: acme-idle") }.joined(separator: "---\n"),
        to: "repository/desired-state/acme.yaml")
      try company.replace(
        "    - { name: sessions, title: Sessions, weight: low, recommendations: [acme-idle] }\n",
        with: "", in: "initiative")
      try company.delete("override")
    },
    PullRequest(
      "hides a control: the recommendation stands for it no more", .weakens, undone: .strengthens,
      "recommendationChanged", "controls", "acme", "controls: [{ framework: ours, id: A.1 }]",
      "controls: []"),
    PullRequest(
      "hides nothing: better words for what to do", .neutral, undone: .neutral,
      "recommendationChanged", "remediation", "acme", "remediation: Do it.",
      "remediation: Do it now."),
  ]

  static let readers: [PullRequest] = [
    PullRequest(
      "hides long sessions: what conditions share is another", .weakens, undone: .weakens,
      "declarationChanged", "values.longest", "acme", "longest: \"30\"", "longest: \"999\""),
    PullRequest(
      "hides people: a function decides otherwise", .weakens, undone: .weakens,
      "declarationChanged", "functions[isPerson].body", "acme", "body: user.kind == \"person\"",
      "body: user.kind != \"robot\""),
    PullRequest(
      "hides nothing, and stores what is not to be stored: a redaction is gone", .weakens,
      undone: .strengthens, "declarationChanged", "redact", "acme", "redact: [phone]",
      "redact: []"),
    PullRequest(
      "stores what is not to be stored of one collection", .weakens, undone: .strengthens,
      "declarationChanged", "collections.users.redact", "acme", ", redact: [mail]", ""),
    PullRequest(
      "prints a token: a credential is no secret any more", .weakens, undone: .weakens,
      "declarationChanged", "credentials.token.secret", "acme", "secret: true", "secret: false"),
    PullRequest(
      "sends a credential elsewhere: another host", .weakens, undone: .weakens,
      "declarationChanged", "hosts", "acme", "hosts: [api.acme.example]",
      "hosts: [api.acme.example, acme.evil.example]"),
    PullRequest(
      "hides users: another list is asked for", .weakens, undone: .weakens, "declarationChanged",
      "collections.users.get", "acme", "get: /users", "get: /friends"),
    PullRequest(
      "hides nothing: the app's name for people", .neutral, undone: .neutral,
      "declarationChanged", "displayName", "acme", "displayName: Acme", "displayName: ACME"),
  ]

  static let data: [PullRequest] = [
    PullRequest(
      "hides a person: the data of the same time says otherwise", .weakens, undone: .weakens,
      "dataChanged"
    ) { company in
      try company.observe(
        WeakeningCompany.observation(of: "acme-eu", factors: 2), in: "observed/acme-eu")
    },
    PullRequest(
      "hides what happened since: older data", .weakens, undone: .neutral, "dataChanged"
    ) { company in
      try company.observe(
        WeakeningCompany.observation(of: "acme-eu", at: "2026-05-31T23:00:00Z"),
        in: "observed/acme-eu")
    },
    PullRequest(
      "hides policies: they are no longer read", .weakens, undone: .weakens, "dataChanged"
    ) { company in
      try company.observe(
        WeakeningCompany.observation(
          of: "acme-us", at: "2026-06-01T06:30:00Z", incomplete: ["policies"]),
        in: "observed/acme-us")
    },
    PullRequest(
      "hides nothing: a later look", .neutral, undone: .weakens, "dataChanged"
    ) { company in
      try company.observe(
        WeakeningCompany.observation(of: "acme-eu", at: "2026-06-01T06:30:00Z"),
        in: "observed/acme-eu")
    },
  ]
}
