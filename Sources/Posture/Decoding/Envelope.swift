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
  /// Whether instances and exceptions are to have a digest.
  var makesDigest = true

  /// The one `apiVersion` that Plumb reads and writes.
  package static let apiVersion = "plumb/v1"

  /// Reads what every document has; nil after an error that leaves nothing to go on with.
  ///
  /// - Parameter kinds: The kinds that may stand here.
  package init?(_ document: Document, kinds: [DocumentKind], diagnostics: Diagnostics) {
    guard let fields = MappingDecoder(document.root, expectation: "a document", into: diagnostics)
    else { return nil }
    let version = fields.required("apiVersion", as: Self.version)
    let kind = fields.required("kind", as: Self.kind(among: kinds))
    let metadata = fields.required("metadata", as: Self.metadata)
    let spec = fields.node("spec")
    if spec == nil { fields.missing("spec") }
    fields.finish()
    guard version != nil, let kind,
      let name = metadata?.0, let spec
    else { return nil }
    self.kind = kind
    self.name = name
    self.labels = metadata?.1 ?? [:]
    self.spec = spec
    root = document.root
  }

  // MARK: Decoders, made once: there may be thousands of documents

  private static let version = NodeDecoder<String>.choice([apiVersion])
  private static let declarable = kind(of: DocumentKind.declarable)
  private static let any = kind(of: DocumentKind.allCases)
  private static let name = NodeDecoder<Located<String>>.located(.dnsLabel)
  private static let labels = NodeDecoder<[String: String]>.dictionary(of: .string)
  private static let metadata = NodeDecoder<(Located<String>?, [String: String])>.mapping {
    ($0.required("name", as: name), $0.optional("labels", as: labels, default: [:]))
  }

  private static func kind(among kinds: [DocumentKind]) -> NodeDecoder<DocumentKind> {
    switch kinds.count {
    case DocumentKind.declarable.count where kinds == DocumentKind.declarable: declarable
    case DocumentKind.allCases.count: any
    default: kind(of: kinds)
    }
  }

  private static func kind(of kinds: [DocumentKind]) -> NodeDecoder<DocumentKind> {
    .choice(of: kinds)
  }
}
