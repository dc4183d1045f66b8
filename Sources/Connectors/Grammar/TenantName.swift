package import YAML

/// Something that names the tenant in what is read of it: two sources of one instance must name the same.
package struct TenantName: Sendable {
  /// What the name is, for people: `tenant ID`.
  package private(set) var kind = ""
  /// The collection whose resources have it.
  package private(set) var collection = ""
  /// The fields of a resource that have it, of which the first that is there counts, since sources call it
  /// otherwise; empty where the resource is the name.
  package private(set) var fields: [String] = []
  /// The parameter of instances that may be the name; nil where none is.
  package private(set) var parameter: String?
}

extension TenantName: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .required("name", \.kind, .text, "What names the tenant, for people."),
    .required("collection", \.collection, .text, "The collection whose resources have the name."),
    .optional(
      "fields", \.fields, .list(of: .text),
      "The fields of a resource that have it, the first that is there; without them the resource is the name."
    ),
    .optional("parameter", \.parameter, .text, "The parameter of instances that may be the name."),
  ]
}
