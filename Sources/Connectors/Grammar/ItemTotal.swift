package import YAML

/// Where an answer says how many items there are, whoever asks: one of a header and a JSON pointer into
/// the body.
package struct ItemTotal: Sendable, Hashable {
  package private(set) var header: String?
  package private(set) var pointer: String?
}

extension ItemTotal: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .exactlyOne([
      .optional("header", \.header, .text, "The header with the number.", isDecisive: true),
      .optional(
        "pointer", \.pointer, .text, "JSON pointer to the number, which may be a text.",
        isDecisive: true),
    ])
  ]

  static let meaning =
    "Where the answer says how many items there are, whoever asks: where fewer come, the credentials are not shown all, and the collection is not complete."
}
