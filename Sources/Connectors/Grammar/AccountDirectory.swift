package import YAML

/// Where a vendor lists the accounts of whoever asks, each with the host that it is at.
package struct AccountDirectory: Sendable {
  package private(set) var url = Template(literal: "")
  /// JSON pointer to the list.
  package private(set) var items = ""
  /// JSON pointer to an account's identity within it, and the identity of the instance's own.
  package private(set) var identity = ""
  package private(set) var account = Template(literal: "")
  /// JSON pointer to its host or base URL within it.
  package private(set) var home = ""

  var templates: [Template] { [url, account] }
}

extension AccountDirectory: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .required("get", \.url, .tokenURL, "Where the list is."),
    .required("items", \.items, .text, "JSON pointer to the list."),
    .required("idAt", \.identity, .text, "JSON pointer to an account's identity."),
    .required("id", \.account, .template, "The identity of the instance's account: {account}."),
    .required(
      "homeAt", \.home, .text, "JSON pointer to the account's host, or the URL of its API."),
  ]
}
