package import YAML

extension ExportFormat {
  package init?(_ envelope: Envelope, diagnostics: Diagnostics) {
    guard let fields = MappingDecoder(envelope.spec, into: diagnostics) else { return nil }
    let app = fields.required("app", as: .string)
    let title = fields.required("title", as: .text)
    let observedAt = fields.required("observedAt", as: .text)
    let collections = fields.required("collections", as: .entries(of: CollectionDraft.decoder))
    fields.finish()
    guard let app, let title, let observedAt, let collections else { return nil }
    self.init(
      name: envelope.name.value, app: app, title: title, observedAt: observedAt,
      collections: collections.map { entry in
        let draft = entry.value.value
        return Collection(
          name: entry.name.value, pointer: draft.pointer ?? "/" + entry.name.value,
          shape: draft.shape, identity: draft.identity, commands: draft.commands,
          succeeded: draft.succeeded, fields: draft.fields)
      }, mark: envelope.name.mark)
  }
}

private struct CollectionDraft: Sendable {
  let pointer: String?
  let shape: ExportFormat.Shape
  let identity: String?
  let commands: [String]
  let succeeded: String?
  let fields: [CollectionField]

  static var decoder: NodeDecoder<CollectionDraft> {
    .mapping { fields in
      CollectionDraft(
        pointer: fields.optional("pointer", as: .text),
        shape: fields.optional("shape", as: .choice(of: ExportFormat.Shape.self), default: .list),
        identity: fields.optional("identity", as: .text),
        commands: fields.optional("commands", as: .list(of: .text), default: []),
        succeeded: fields.optional("succeeded", as: .text),
        fields: CollectionField.decode(fields))
    }
  }
}
