internal import JSON
package import YAML

/// How Plumb reads one app: a manifest that one engine runs.
package struct Connector: Sendable {
  /// The app's name.
  package let name: String
  /// The app's name for people: `Google Workspace`.
  package private(set) var displayName = ""
  /// Whether the manifest is Plumb's own. What a repository brings may not name hosts by itself.
  package let origin: Origin
  /// The address of the vendor's description of the API; nil where the manifest names none.
  package private(set) var documentation: String?
  /// How to create the credentials with the least permissions, in Markdown; nil where the manifest
  /// does not say.
  package private(set) var setup: String?
  /// What an instance gives in `source.api.parameters`, in the manifest's order.
  package private(set) var parameters: [ConnectorParameter] = []
  /// The hosts that credentials may be sent to.
  package private(set) var hosts: [HostPattern] = []
  /// The `https:` address that stands before the paths of requests, without a `/` at its end; nil
  /// for an app that is read from exports only.
  package private(set) var baseURL: Template?
  /// Headers of every request to a collection.
  package private(set) var headers: [(name: String, value: String)] = []
  /// The secrets and identifiers that the environment or a credentials file gives, in the
  /// manifest's order.
  package private(set) var credentials: [CredentialField] = []
  /// The ways to prove who asks, in the manifest's order: the first that fits counts.
  package private(set) var authentication: [Authentication] = []
  /// How lists go on where a request says nothing else.
  package private(set) var pagination = Pagination.none
  /// Where lists tell their number of items, unless a request says otherwise; nil where they don't.
  package private(set) var total: ItemTotal?
  /// The headers of each window of the vendor's rate limits; empty where it documents none.
  package private(set) var rateLimits: [RateLimit] = []
  /// Whose requests the vendor counts together: the widest of its windows.
  package var quotaScope: RateLimit.Scope {
    let scopes = Set(rateLimits.map(\.scope))
    return RateLimit.Scope.allCases.last(where: scopes.contains) ?? .tenant
  }
  /// Requests that run at the same time at one host, 1 to 32.
  package private(set) var concurrency = 4
  /// The most that a connector may ask for.
  package static let largestConcurrency = 100
  /// What answers mean, after the rules of the request and of its collection.
  package private(set) var errors: [ErrorRule] = []
  /// The fields that are masked in every collection.
  package private(set) var redaction: [FieldPath] = []
  /// The header of answers that lists the credential's permissions, with commas between; nil where
  /// there is none.
  package private(set) var grantsHeader: String?
  /// What names the tenant, the surest first; empty where nothing is known to.
  package private(set) var tenant: [TenantName] = []
  /// The collections in the manifest's order.
  package private(set) var collections: [Collection] = []
  /// SHA-256 of the manifest's `spec`, in hexadecimal; comments and layout do not count.
  package private(set) var digest = ""
  /// Where the manifest names the app.
  package let mark: Mark

  /// Where a manifest comes from: Plumb's own catalog, or the repository.
  package enum Origin: Sendable, Hashable { case catalog, desiredState }

  /// A manifest that says nothing yet.
  ///
  /// - Parameter origin: `.catalog` for Plumb's own manifests only: their hosts are trusted with credentials.
  package init(name: Located<String>, origin: Origin = .desiredState) {
    self.name = name.value
    self.origin = origin
    mark = name.mark
  }

  /// The same connector with its share of the requests at a time, when so many machines ask at once.
  ///
  /// - Parameter shares: At the most ``concurrency``, since nobody asks less than one at a time.
  package func divided(by shares: Int) -> Connector {
    var connector = self
    connector.concurrency = max(1, concurrency / max(1, shares))
    return connector
  }

  /// The headers in which the vendor tells how much may still be asked for.
  package struct RateLimit: Sendable, Hashable {
    /// The header with the requests that are left, or with `used/limit`; empty where none tells.
    package private(set) var remaining = ""
    /// Whose requests the vendor counts together.
    package private(set) var scope = Scope.tenant
    /// The header with the time from which there are more; nil where `window` counts instead.
    package private(set) var reset: String?
    /// How the header `reset` writes that time.
    package private(set) var unit = Unit.epoch
    /// Seconds to wait where no header says when there are more; 0 where one does.
    package private(set) var window = 0

    /// Whose requests are counted together, the narrowest first.
    package enum Scope: String, Sendable, CaseIterable {
      /// One tenant's, whoever asks.
      case tenant
      /// One credential's, whatever tenant it asks.
      case credential
      /// One project's or registered application's, whatever tenant it asks.
      case project
    }

    /// How a header writes a time.
    package enum Unit: String, Sendable, CaseIterable {
      /// Seconds since 1970.
      case epoch
      /// Seconds from now.
      case seconds
      /// An RFC 3339 time.
      case time
    }

    package init(remaining: String, reset: String?, unit: Unit) {
      self.remaining = remaining
      self.reset = reset
      self.unit = unit
    }
  }
}

extension Connector {
  package static let summary = "How Plumb reads one app."

  package static let example = """
    displayName: Example
    documentation: https://api.example.com/docs
    parameters:
      tenant: { description: The tenant's subdomain, pattern: "[a-z0-9-]+", example: contoso }
    credentials:
      token: { description: "An API token of a read-only administrator" }
    hosts: ["*.example.com"]
    baseURL: https://{tenant}.example.com/api/v1
    authentication:
      - { name: API token, header: { value: "Bearer {token}" } }
    pagination: link
    errors:
      - { status: 402, means: notLicensed }
    redact: ["**.clientSecret"]
    collections:
      users: { get: /users, label: email, permissions: [users.read] }
      settings: { get: /settings, singleton: true }
    """

  package static let fields: [Field<Connector>] = [
    .required("displayName", \.displayName, .text, "The app's name for people."),
    .optional("documentation", \.documentation, .text, "Where the vendor describes the API."),
    .optional("setup", \.setup, .text, "How to make the credential: Markdown."),
    .optional(
      "parameters", \.parameters, .named(\.name, of: .object),
      "What an instance says in source.api.parameters."),
    .optional(
      "credentials", \.credentials, .named(\.name, of: .object),
      "What the environment or a credentials file gives, never the desired state."),
    .optional(
      "hosts", \.hosts, .list(of: .hostPattern),
      "The hosts that credentials may go to: a.example, *.a.example."),
    .optional("baseURL", \.baseURL, .baseURL, "What paths of requests are below."),
    .optional("headers", \.headers, .pairs(of: .string), "Headers of every request."),
    .optional(
      "authentication", \.authentication, .list(of: .object),
      "Ways to authenticate, the first that fits."),
    .optional("pagination", \.pagination, .pagination, "How lists go on; none by default."),
    .optional("total", \.total, .object, ItemTotal.meaning),
    .optional(
      "rateLimit", \.rateLimits, .oneOrMore(of: .object),
      "The headers that tell of rate limits; a list where there are several windows."),
    .optional(
      "concurrency", \.concurrency, .integer(in: 1...largestConcurrency),
      "Requests at a time at the most, as the vendor documents it; 4 by default."),
    .optional("errors", \.errors, .list(of: .object), "What error responses mean."),
    .optional(
      "redact", \.redaction, .list(of: .fieldPath), "Paths of fields that are never stored."),
    .optional(
      "grantsHeader", \.grantsHeader, .text, "The header that lists what the credential may do."),
    .optional(
      "tenant", \.tenant, .list(of: .object),
      "What names the tenant, the surest first: sources of one instance must name the same."),
    .optional(
      "collections", \.collections, .named(\.name, of: .object),
      "The collections by the vendor's names."),
    .check { connector, fields in
      let value = YAMLValue(fields.node, into: fields.diagnostics) ?? .null
      connector.digest = Digest.sha256(JSONValue(value))
      connector.checkNames(fields.diagnostics)
      connector.checkCollections(fields.node("collections")?.entries ?? [], fields.diagnostics)
      connector.checkTenant(fields.node("tenant")?.items ?? [], fields.diagnostics)
    },
  ]
}

extension Connector.RateLimit: Described {
  package init(at node: Node) { self.init(remaining: "", reset: nil, unit: .epoch) }

  package static let fields: [Field<Self>] = [
    .optional(
      "remaining", \.remaining, .text,
      "The header with the requests that are left, or with those used and the limit: 18/5000; none where no header tells."
    ),
    .optional(
      "scope", \.scope, .choice(of: Scope.self),
      "Whose requests the vendor counts together: one tenant's, one credential's or one project's; tenant by default. Instances that may share a quota are never split over a fleet."
    ),
    .exactlyOne([
      .optional(
        "reset", \.reset, .text, "The header with the time from which there are more.",
        isDecisive: true),
      .required(
        "window", \.window, NodeDecoder<Timespan>.timespan.map(\.seconds),
        "How long the window is, where no header says when there are more."),
    ]),
    .optional(
      "unit", \.unit, .choice(of: Unit.self), "How that time is written; epoch by default."),
  ]
}
