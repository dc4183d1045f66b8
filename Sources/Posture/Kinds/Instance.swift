internal import Connectors
package import YAML

/// One tenant of an app, connected under a name and switched by itself.
package struct Instance: Sendable {
  /// The document's name.
  package let name: String
  /// What selectors match: `metadata.labels`.
  package let labels: [String: String]
  /// The app's name, such as `okta`, with its place.
  package private(set) var app: Located<String>
  /// How reports name it; the document's name where it does not say.
  package private(set) var displayName: String
  /// Whether the instance is assessed. Off: declared, not assessed, in no score.
  package private(set) var recommendations = true
  /// Where its observation comes from, at least one: for each collection the first that delivers it whole
  /// counts.
  package private(set) var sources = [Source(.api)]
  /// The age that holds for the sources that say none of their own.
  private var commonMaxAge: Int?
  /// The accounts and groups that are kept for emergencies.
  package private(set) var breakGlass: [BreakGlass] = []
  /// Why it is not to be observed, and until when; nil where it is.
  package private(set) var suspend: Suspension?
  /// The name that instances share whose requests the vendor counts together; nil where nobody says.
  package private(set) var quotaGroup: String?
  /// Where the document's name stands.
  package let mark: Mark
  /// SHA-256 of its app and sources: another source is not a change of the tenant. Empty where a desired state is only checked.
  package private(set) var digest = ""
  private let makesDigest: Bool

  /// The source that is read over the app's API; nil where none is.
  package var api: Source? { sources.first { $0.way == .api } }

  /// What conditions read as `instance.parameters` and links fill in as `{name}`: what its sources say, who
  /// may not contradict each other.
  package var parameters: [String: String] {
    sources.reduce(into: [:]) { all, source in
      all.merge(source.parameters) { first, _ in first }
    }
  }

  /// The source of a name, as records and observations call it; nil where it has none.
  package func source(named name: String) -> Source? { sources.first { $0.name == name } }

  /// An account, or a group of accounts, that policies may leave out so that an emergency has a way in.
  package struct BreakGlass: Sendable, Hashable {
    /// As the vendor identifies it: an object's id, or a user's address.
    package internal(set) var id = ""
    /// Whether the id is one account's or a group's.
    package internal(set) var kind = Kind.user
    /// Why emergencies need it.
    package internal(set) var reason = ""
    /// Who answers for it.
    package internal(set) var owner = ""

    /// What a way in for emergencies is.
    package enum Kind: String, Sendable, CaseIterable { case user, group }
  }
}

extension Instance: Kind {
  package static let summary =
    "One tenant of an app, connected under a name and switched by itself."

  package static let example = """
    app: okta
    displayName: Okta of Contoso EU
    source: { api: { parameters: { domain: contoso-eu.okta.com } } }
    maxAge: 2d
    breakGlass:
      - { id: 00u1breakglass, kind: user, reason: The way in when MFA is down., owner: identity@contoso.example }
    """

  package static let fields: [Field<Instance>] = [
    .required("app", \.app, .located(.string), "The app's name, such as okta.", .weakens),
    .optional(
      "displayName", \.displayName, .text, "How reports name the instance; its name by default.",
      .neutral),
    .optional(
      "recommendations", \.recommendations, .switch,
      "Whether the instance is assessed; on by default.", .assessed),
    .required(
      "source", \.sources, .sources,
      "Where the observation comes from: one of api, recorded, export; or a list of several, of which for each collection the first that delivers it whole counts.",
      .sourceOrder, .sourceItself),
    .optional(
      "maxAge", \.commonMaxAge, .seconds,
      "The age from which an observation is stale, such as 24h, for sources that say none of their own; by default 2d for api, 7d for recorded and export.",
      .maxAge),
    .optional(
      "breakGlass", \.breakGlass, .list(of: .object),
      "Accounts and groups kept for emergencies, which policies may leave out.", .breakGlass),
    .optional(
      "suspend", \.suspend, .object,
      "Why the instance is not observed for a time, until which day: it is shown as suspended, never as healthy, and what is known of it counts until maxAge.",
      .coming(.weakens, going: .strengthens, of: "!")),
    .optional(
      "quotaGroup", \.quotaGroup, .dnsLabel,
      "A name that instances share whose requests the vendor counts together: a fleet never splits them over machines.",
      .neutral),
    .check { instance, _ in
      for index in instance.sources.indices {
        instance.sources[index].settle(maxAge: instance.commonMaxAge)
      }
      if instance.makesDigest { instance.makeDigests() }
    },
  ]

  package static let changed = Change.Kind.instanceChanged
  package static let differences: [FieldDifference] = [.instanceItself, .instanceLabels]

  package init(_ envelope: Envelope) {
    self.init(
      name: envelope.name.value, labels: envelope.labels, app: envelope.name,
      displayName: envelope.name.value, mark: envelope.name.mark,
      makesDigest: envelope.makesDigest)
  }

  private mutating func makeDigests() {
    for index in sources.indices { sources[index].makeDigest(app: app.value) }
    digest = Source.digest(of: sources, app: app.value)
  }
}

extension Instance.BreakGlass: Described {
  package init(at node: Node) { self.init() }

  package static let fields: [Field<Self>] = [
    .required("id", \.id, .text, "As the vendor identifies it.", .weakens(as: .breakGlassChanged)),
    .required(
      "kind", \.kind, .choice(of: Kind.self), "user or group.",
      .weakens(as: .breakGlassChanged)),
    .required("reason", \.reason, .text, "Why it is kept.", .neutral(as: .breakGlassChanged)),
    .required("owner", \.owner, .text, "Who answers for it.", .neutral(as: .breakGlassChanged)),
  ]
}
