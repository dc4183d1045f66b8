package import JSON
package import YAML

extension Connector {
  /// A named list of resources, as the vendor names it.
  package struct Collection: Sendable {
    /// The vendor's name for it, and the name of its file: letters, digits, `_` and `-`, 128 at
    /// most.
    package internal(set) var name = ""
    /// The dotted field that identifies a resource; nil for a singleton.
    package private(set) var identity: String? = "id"
    /// The dotted field that names a resource for people; nil where none does.
    package private(set) var label: String?
    /// The collection for each of whose resources this one is read; its templates see that resource
    /// as `parent`. Nil where it stands alone.
    package private(set) var forEach: String?
    /// How it is asked for: one list after the other. Empty for what only exports have, and for
    /// `fixed`.
    package private(set) var requests = [ConnectorRequest()]
    /// Dotted fields of the parent with the text that each must have for its resources to be read.
    package private(set) var parentFilter: [(name: String, value: String)] = []
    /// Why no API gives it, and where it is looked at instead; nil for what is asked for.
    package private(set) var notAvailable: NotAvailable?
    /// Resources that are known without asking: an empty list for what only exports have. Nil where
    /// requests bring them.
    package private(set) var fixed: [JSONValue]?
    /// Whether there is exactly one resource: the answer itself, not a list. With `forEach`: one of
    /// each parent.
    package private(set) var isSingleton = false
    /// Whether every tenant has at least one: an empty answer is a fault, never "nothing to judge".
    package private(set) var isNeverEmpty = false
    /// What the credential must be allowed, as the vendor names it.
    package var permissions: [String] = []
    /// The OAuth scopes that tokens name for it.
    package private(set) var scopes: [String] = []
    /// What answers mean, after the rules of the request and before those of the connector.
    package private(set) var errors: [ErrorRule] = []
    /// The fields that are masked, beside the connector's.
    package private(set) var redaction: [FieldPath] = []
    /// What becomes of the vendor's items before they are resources.
    package private(set) var shaping = Shaping()
    /// What the vendor says of its fields, by path.
    package private(set) var fields: [CollectionField] = []

    /// The requests for its items, then those for what belongs to each item.
    package var allRequests: [ConnectorRequest] { requests + shaping.requests }
  }

  /// What the vendor shows to people only.
  package struct NotAvailable: Sendable, Hashable {
    /// Why no API gives it: `Atlassian has no API for authentication policies`.
    package private(set) var reason = ""
    /// The place in the vendor's console: `Atlassian Administration > Security > Authentication policies`.
    package private(set) var place = ""
  }

  /// What becomes of the vendor's items before they are resources.
  package struct Shaping: Sendable {
    /// JSON pointers with the values of which an item must have one there; other items are left
    /// out.
    package private(set) var filter: [(name: String, value: [String])] = []
    /// Replaces items that stand for others: a group's role assignment by those of the group's
    /// members. Nil replaces none.
    package private(set) var expansion: Expansion?
    /// The dotted field whose values count once: a later item with the same value is left out. Nil
    /// keeps every item.
    package private(set) var unique: String?
    /// A request for each item, whose answer takes the item's place; nil keeps the item.
    package private(set) var detail: ConnectorRequest?
    /// Requests for each item by the member that their items become, as a list.
    package private(set) var attached: [(name: String, value: [ConnectorRequest])] = []
    /// The members that the resource has, by JSON pointer into the item; nil keeps the item.
    package private(set) var members: [(name: String, value: String)]?
    /// How the names of the item's members are written.
    package private(set) var keys = KeyCase.asIs

    var requests: [ConnectorRequest] {
      attached.flatMap(\.value) + [detail, expansion?.request].compactMap(\.self)
    }
  }

  /// Replaces the items that match by the items of a request.
  package struct Expansion: Sendable {
    /// A JSON pointer, and the value that an item has there which is replaced.
    package private(set) var when = (name: "", value: "")
    /// The member of a new item that each of the request's items becomes.
    package private(set) var member = ""
    /// The request for the items that take the item's place.
    package private(set) var request = ConnectorRequest()
  }

  /// How a resource's names are written.
  package enum KeyCase: String, Sendable, CaseIterable {
    case asIs
    /// `displayName` → `DisplayName`, at every depth; annotations (`@odata.type`) stay.
    case pascal
  }
}

extension Connector.Collection: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .part(\.requests[0], ConnectorRequest.ofCollection),
    .check { collection, fields in
      // In a request that is the collection itself, they are the collection's.
      collection.errors = collection.requests[0].errors
      collection.requests[0].errors = []
      if fields.node("get") ?? fields.node("post") == nil { collection.requests = [] }
      guard fields.node("requests") != nil else { return }
      for name in ConnectorRequest.ofCollection.names()
      where name != "errors" && fields.node(name) != nil {
        fields.error("'\(name)' is said of each of the 'requests'", at: name)
      }
    },
    .optional(
      "requests", \.requests, .nonEmptyList(of: .object), "Several requests."),
    .optional(
      "identity", \.identity, NodeDecoder<String>.text.map(Optional.some),
      "The dotted field that identifies a resource; id by default."),
    .optional("label", \.label, .text, "The dotted field that names a resource for people."),
    .optional("singleton", \.isSingleton, .bool, "Whether there is exactly one resource."),
    .optional(
      "nonEmpty", \.isNeverEmpty, .bool,
      "Whether every tenant has at least one: what is empty was not read."),
    .optional("forEach", \.forEach, .text, "The collection whose resources it is read for."),
    .optional(
      "forEachWhere", \.parentFilter, .pairs(of: .text),
      "Field and value of the resources it is read for."),
    .optional(
      "fixed", \.fixed, .list(of: .json), "The resources themselves: nothing is asked for."),
    .optional(
      "notAvailable", \.notAvailable, .object,
      "That it can be looked at by hand only: no recommendation about it has points."),
    .optional(
      "permissions", \.permissions, .list(of: .text),
      "What the credential needs, as the vendor names it."),
    .optional(
      "scopes", \.scopes, .list(of: .text), "What a token asks for; the permissions by default."),
    .part(\.fields, CollectionField.ofCollection),
    .optional(
      "redact", \.redaction, .list(of: .fieldPath), "Paths of fields that are never stored."),
    .part(\.shaping, Connector.Shaping.fields),
    .check { collection, fields in
      if !collection.parentFilter.isEmpty, collection.forEach == nil {
        fields.error(
          "'forEachWhere' chooses among the resources of a 'forEach'", at: "forEachWhere")
      }
      if collection.notAvailable != nil, !collection.requests.isEmpty || collection.fixed != nil {
        fields.error(
          "what is not available is not asked for: write no request and nothing fixed",
          at: "notAvailable")
      }
      if fields.node("scopes") == nil { collection.scopes = collection.permissions }
      guard collection.isSingleton else { return }
      collection.identity = nil
      for index in collection.requests.indices { collection.requests[index].isList = false }
    },
  ]
}

extension Connector.NotAvailable: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .required("reason", \.reason, .text, "Why no API gives it."),
    .required("where", \.place, .text, "Where in the vendor's console it is looked at."),
  ]
}

extension Connector.Shaping {
  fileprivate static let fields: [Field<Self>] = [
    .optional(
      "filter", \.filter, .pairs(of: .oneOrMore(of: .string)),
      "JSON pointer, and the values of the resources that count."),
    .optional("expand", \.expansion, .object, "A list of resources in place of one."),
    .optional("unique", \.unique, .text, "The field of which each value is kept once."),
    .optional(
      "detail", \.detail, .object(ConnectorRequest.fields) { _ in ConnectorRequest(isList: false) },
      "A request for each resource."),
    .optional(
      "attach", \.attached, .pairs(of: .list(of: .object)),
      "Requests whose answers each resource carries."),
    .optional(
      "members", \.members, .pairs(of: .string), "Names and JSON pointers of what is kept."),
    .optional(
      "keys", \.keys, .choice(of: Connector.KeyCase.self),
      "How names are written; asIs by default."),
  ]
}

extension Connector.Expansion: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .required(
      "when", \.when,
      NodeDecoder<[(name: String, value: String)]>.pairs(of: .string).checked {
        $0.count == 1 ? nil : "one JSON pointer stands here, and its value"
      }.map { $0[0] },
      "JSON pointer and value of what is expanded."),
    .required("as", \.member, .text, "The member that carries the expanded resource."),
    .part(\.request, ConnectorRequest.fields),
  ]
}
