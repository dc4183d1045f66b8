package import YAML

/// The vendor's list of the accounts that the credentials reach, each with its host.
package struct AccountDirectory: Sendable {
  /// Where the list is read, an `https:` address.
  package private(set) var url = Template(literal: "")
  /// JSON pointer to the list.
  package private(set) var items = ""
  /// JSON pointer to an account's identity within its element of the list.
  package private(set) var identity = ""
  /// The identity of the instance's own account, from the instance's parameters; case does not
  /// count.
  package private(set) var account = Template(literal: "")
  /// JSON pointer to an account's host or base URL within its element.
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
