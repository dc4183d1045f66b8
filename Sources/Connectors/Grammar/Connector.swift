package import JSON
package import YAML

/// How Plumb reads one app: a manifest that one engine runs.
package struct Connector: Sendable {
  /// The app's name.
  package let name: String
  package let displayName: String
  /// Whether the manifest is Plumb's own. What a repository brings may not name hosts by itself.
  package let origin: Origin
  /// The vendor's description of the API.
  package let documentation: String?
  /// How to create the credentials with the least permissions, in Markdown.
  package let setup: String?
  package let parameters: [ConnectorParameter]
  /// The hosts that credentials may be sent to.
  package let hosts: [HostPattern]
  /// What paths of requests are below; nil for an app that is read from exports only.
  package let baseURL: Template?
  /// Headers of every request.
  package let headers: [(name: String, value: String)]
  package let credentials: [CredentialField]
  package let authentication: [Authentication]
  package let pagination: Pagination
  package let rateLimit: RateLimit?
  /// How many requests run at the same time at one host.
  package let concurrency: Int
  package let errors: [ErrorRule]
  /// What is masked in every collection.
  package let redaction: [FieldPath]
  /// The header that lists what the credential is allowed.
  package let grantsHeader: String?
  package let collections: [Collection]
  /// SHA-256 of the manifest's content.
  package let digest: String
  package let mark: Mark

  package enum Origin: Sendable, Hashable { case catalog, desiredState }

  /// The headers in which the vendor tells how much may still be asked for.
  package struct RateLimit: Sendable, Hashable {
    package let remaining: String
    package let reset: String
    package let unit: Unit

    package enum Unit: String, Sendable, CaseIterable {
      /// Seconds since 1970.
      case epoch
      /// Seconds from now.
      case seconds
      /// An RFC 3339 time.
      case time
    }
  }

  /// A named list of resources, as the vendor names it.
  package struct Collection: Sendable {
    package let name: String
    /// The dotted field that identifies a resource; nil for a singleton.
    package let identity: String?
    /// The dotted field that names a resource for people.
    package let label: String?
    /// The collection whose resources these belong to, read as `parent`.
    package let forEach: String?
    /// How it is asked for: one list after the other. None for what only exports have.
    package var requests: [ConnectorRequest] = []
    /// Dotted fields of the parent with the text that each must have for its resources to be read.
    package var parentFilter: [(field: String, value: String)] = []
    /// Why no API gives it, and where it is looked at instead; nil for what is asked for.
    package var notAvailable: NotAvailable?
    /// Resources that are known without asking: an empty list for what only exports have.
    package var fixed: [JSONValue]?
    package var isSingleton = false
    /// Whether every tenant has at least one: an empty answer is a fault, never "nothing to judge".
    package var isNeverEmpty = false
    /// What the credential must be allowed, as the vendor names it.
    package var permissions: [String] = []
    /// The OAuth scopes that tokens name for it.
    package var scopes: [String] = []
    package var errors: [ErrorRule] = []
    package var redaction: [FieldPath] = []
    package var shaping = Shaping()
    /// What the vendor says of its fields, by path.
    package var fields: [CollectionField] = []

    /// Those for its items, and those for what belongs to each item.
    package var allRequests: [ConnectorRequest] {
      requests + shaping.attached.flatMap(\.requests)
        + [shaping.detail, shaping.expansion?.request].compactMap(\.self)
    }

    package init(name: String, identity: String?, label: String?, forEach: String?) {
      self.name = name
      self.identity = identity
      self.label = label
      self.forEach = forEach
    }
  }

  /// What the vendor shows to people only.
  package struct NotAvailable: Sendable, Hashable {
    /// Why no API gives it: `Atlassian has no API for authentication policies`.
    package let reason: String
    /// The place in the vendor's console: `Atlassian Administration > Security > Authentication policies`.
    package let place: String

    package init(reason: String, place: String) {
      self.reason = reason
      self.place = place
    }
  }

  /// What becomes of the vendor's items before they are resources.
  package struct Shaping: Sendable {
    /// Items whose values at these JSON pointers are others are left out.
    package var filter: [(pointer: String, values: [String])] = []
    /// Items that stand for others: role assignments of a group for those of its members.
    package var expansion: Expansion?
    /// The dotted field of which every value is taken once.
    package var unique: String?
    /// A request for each item whose answer takes the item's place.
    package var detail: ConnectorRequest?
    /// Requests for each item whose items become a member of it.
    package var attached: [(name: String, requests: [ConnectorRequest])] = []
    /// The members that the resource has, by JSON pointer into the item; nil keeps the item.
    package var members: [(name: String, pointer: String)]?
    package var keys = KeyCase.asIs

    package init() {}
  }

  /// Replaces the items that match by the items of a request.
  package struct Expansion: Sendable {
    /// What an item has at a JSON pointer when it is replaced.
    package let when: (pointer: String, value: String)
    package let request: ConnectorRequest
    /// The member of a new item that each of the request's items becomes.
    package let member: String

    package init(when: (pointer: String, value: String), request: ConnectorRequest, member: String)
    {
      self.when = when
      self.request = request
      self.member = member
    }
  }

  package enum KeyCase: String, Sendable, CaseIterable {
    case asIs
    /// `displayName` → `DisplayName`, at every depth; annotations (`@odata.type`) stay.
    case pascal
  }
}
