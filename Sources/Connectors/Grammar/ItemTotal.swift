package import YAML

/// Where an answer says how many items there are, whoever asks: in a header, or at a JSON pointer
/// into the body. Where fewer come, the credentials are not shown everything.
package struct ItemTotal: Sendable, Hashable {
  /// The header with the number; nil where the body has it.
  package private(set) var header: String?
  /// JSON pointer to the number, or to a text that writes it; nil where a header has it.
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
