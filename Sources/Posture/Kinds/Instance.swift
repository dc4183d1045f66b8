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
  /// Where its observation comes from; its app's API where the document does not say.
  package private(set) var source = Source.api(parameters: [:])
  /// ``maxAge`` where the document says it.
  private var ownMaxAge: Int?
  /// The accounts and groups that are kept for emergencies.
  package private(set) var breakGlass: [BreakGlass] = []
  /// Where the parameters' values are written, by name.
  package private(set) var parameterMarks: [String: Mark] = [:]
  /// Where the source is written.
  package private(set) var sourceMark: Mark?
  /// Where the document's name stands.
  package let mark: Mark
  /// SHA-256 of its app and source: another source is not a change of the tenant.
  package private(set) var digest = ""

  /// Seconds after which an observation no longer counts, whatever its source.
  package var maxAge: Int { ownMaxAge ?? source.defaultMaxAge }

  /// Where the observation comes from.
  package enum Source: Sendable {
    /// Read over the app's API and stored; parameters are free text such as a domain.
    case api(parameters: [String: String])
    /// A folder in the format of stored observations, relative to the repository's root.
    case recorded(path: Located<String>, parameters: [String: String])
    /// Another tool's export, relative to the repository's root.
    case export(format: Located<String>, path: Located<String>, parameters: [String: String])

    /// What conditions read as `instance.parameters` and links fill in as `{name}`.
    package var parameters: [String: String] {
      switch self {
      case .api(let parameters), .recorded(_, let parameters), .export(_, _, let parameters):
        parameters
      }
    }
  }

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

  /// Whether what was observed at a time no longer counts.
  package func isTooOld(observedAt: Instant, now: Instant) -> Bool {
    now.secondsSince1970 - observedAt.secondsSince1970 > maxAge
  }

  /// The time from which something observed is made anew, and its record renewed: half of `maxAge`
  /// later, so that a job that comes once in that time keeps it fresh, and one that is late once does
  /// no harm.
  package func renewal(of observedAt: Instant) -> Instant {
    Instant(secondsSince1970: observedAt.secondsSince1970 + maxAge / 2)
  }

  /// Whether the time has come to observe anew, or to renew the record.
  ///
  /// A job that runs every so often never comes at the same second: what is due within a
  /// forty-eighth of `maxAge` (an hour of two days) is due, or else a job that came a minute early
  /// would leave it until the next time, when it is almost too old.
  package func isDue(observedAt: Instant, now: Instant) -> Bool {
    renewal(of: observedAt).secondsSince1970 < now.secondsSince1970 + max(1, maxAge / 48)
  }
}

extension Instance.Source {
  /// Seconds after which an observation no longer counts, when the document says nothing: of an API
  /// two days, so that a nightly job that is late reddens nothing; of what people bring, a week.
  package var defaultMaxAge: Int {
    switch self {
    case .api: 2 * 86_400
    case .recorded, .export: 7 * 86_400
    }
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
      "source", \.source,
      .object(Source.fields, "one of api, recorded, export") { _ in .api(parameters: [:]) },
      "Where the observation comes from: one of api, recorded, export."),
    .optional(
      "maxAge", \.ownMaxAge, .seconds,
      "The age from which an observation is stale, such as 24h; by default 2d for api, 7d for recorded and export.",
      .maxAge),
    .optional(
      "breakGlass", \.breakGlass, .list(of: .object),
      "Accounts and groups kept for emergencies, which policies may leave out.", .breakGlass),
    .check { instance, fields in
      instance.digest = Digest.sha256(instance.source.identity(app: instance.app.value))
      let written = fields.node("source")
      instance.sourceMark = written?.mark
      for node in (written?.entries ?? []).compactMap({ $0.value["parameters"] }) {
        for entry in node.entries ?? [] { instance.parameterMarks[entry.name] = entry.value.mark }
      }
    },
  ]

  package static let changed = Change.Kind.instanceChanged
  package static let differences: [FieldDifference] = [.instanceItself, .instanceLabels]

  package init(_ envelope: Envelope) {
    self.init(
      name: envelope.name.value, labels: envelope.labels, app: envelope.name,
      displayName: envelope.name.value, mark: envelope.name.mark)
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

extension Instance.Source {
  /// What stands below `api`, `recorded` and `export`.
  private struct Place: Sendable {
    var format: Located<String>
    var path: Located<String>
    var parameters: [String: String] = [:]

    static let parameters: Field<Place> = .optional(
      "parameters", \.parameters, .dictionary(of: .string),
      "What the connector, conditions (instance.parameters) and links ({name}) read.",
      .weakens(of: "**"))

    static func path(_ description: String) -> Field<Place> {
      .required("path", \.path, .located(.repositoryPath), description, .weakens)
    }

    static func decoder(
      _ fields: [Field<Place>], _ source: @escaping @Sendable (Place) -> Instance.Source
    ) -> NodeDecoder<Instance.Source> {
      NodeDecoder<Place>.object(fields) {
        Place(format: Located("", at: $0), path: Located("", at: $0))
      }.map(source)
    }
  }

  /// Another source is another thing that is looked at: nobody can tell from here that it is as good. What
  /// is read over the API is the tenant itself; of two sources, the one that comes is judged.
  fileprivate static let fields: [Field<Instance.Source>] = [
    .exactlyOne([
      .required(
        "api", \.self, Place.decoder([Place.parameters]) { .api(parameters: $0.parameters) },
        "Read over the app's API.", .coming(.strengthens, going: .neutral, of: "!")),
      .required(
        "recorded", \.self,
        Place.decoder([
          Place.path("The folder, relative to the repository's root."), Place.parameters,
        ]) { .recorded(path: $0.path, parameters: $0.parameters) }, "A stored observation.",
        .coming(.weakens, going: .neutral, of: "!")),
      .required(
        "export", \.self,
        Place.decoder([
          .required(
            "format", \.format, .located(.string), "The export format's name, such as scubagear.",
            .weakens),
          Place.path("The file, relative to the repository's root."), Place.parameters,
        ]) { .export(format: $0.format, path: $0.path, parameters: $0.parameters) },
        "Another tool's export.", .coming(.weakens, going: .neutral, of: "!")),
    ])
  ]

  /// What makes it another source.
  fileprivate func identity(app: String) -> String {
    let parameters = parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let source: [String] =
      switch self {
      case .api: ["api"]
      case .recorded(let path, _): ["recorded", path.value]
      case .export(let format, let path, _): ["export", format.value, path.value]
      }
    return ([app] + source + parameters).joined(separator: "\n")
  }
}
