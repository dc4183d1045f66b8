package import YAML

/// What every document has: version, kind, name, labels, and the node of its `spec`.
package struct Envelope: Sendable {
  /// The `kind`, one of those that may stand there.
  package let kind: DocumentKind
  /// `metadata.name`: a DNS label, unique for each kind.
  package let name: Located<String>
  /// `metadata.labels`; empty where there are none.
  package let labels: [String: String]
  /// The node of `spec`, which the kind reads.
  package let spec: Node
  /// The node of the whole document.
  package let root: Node

  /// The one `apiVersion` that Plumb reads and writes.
  package static let apiVersion = "plumb/v1"

  /// Reads what every document has; nil after an error that leaves nothing to go on with.
  ///
  /// - Parameter kinds: The kinds that may stand here.
  package init?(_ document: Document, kinds: [DocumentKind], diagnostics: Diagnostics) {
    guard let fields = MappingDecoder(document.root, expectation: "a document", into: diagnostics)
    else { return nil }
    let version = fields.required("apiVersion", as: .choice([Self.apiVersion]))
    let kindName = fields.required("kind", as: .choice(kinds.map(\.rawValue)))
    let metadata = fields.required(
      "metadata",
      as: NodeDecoder<(Located<String>?, [String: String])>.mapping { fields in
        (
          fields.required("name", as: .located(.dnsLabel)),
          fields.optional("labels", as: .dictionary(of: .string), default: [:])
        )
      })
    let spec = fields.node("spec")
    if spec == nil { fields.missing("spec") }
    fields.finish()
    guard version != nil, let kind = kindName.flatMap(DocumentKind.init(rawValue:)),
      let name = metadata?.0, let spec
    else { return nil }
    self.kind = kind
    self.name = name
    self.labels = metadata?.1 ?? [:]
    self.spec = spec
    root = document.root
  }
}
