package import YAML

extension Connector {
  package init?(_ envelope: Envelope, diagnostics: Diagnostics) {
    guard let fields = MappingDecoder(envelope.spec, into: diagnostics) else { return nil }
    let displayName = fields.required("displayName", as: .text)
    let collections = fields.optional(
      "collections", as: .entries(of: CollectionFields.decoder), default: [])
    fields.finish()
    guard let displayName else { return nil }
    self.init(
      name: envelope.name.value, displayName: displayName,
      collections: collections.map { entry in
        let fields = entry.value.value
        return Collection(
          name: entry.name.value, identity: fields.singleton ? nil : fields.identity ?? "id",
          label: fields.label, forEach: fields.forEach)
      }, mark: envelope.name.mark)
    let names = Set(collections.map(\.name.value))
    for entry in collections {
      if let parent = entry.value.value.forEach, !names.contains(parent) {
        diagnostics.error(
          "no collection named '\(parent)' in this connector"
            + Suggestion.hint(for: parent, among: names), at: entry.value.mark)
      }
    }
  }
}

private struct CollectionFields: Sendable {
  let identity: String?
  let label: String?
  let singleton: Bool
  let forEach: String?

  static var decoder: NodeDecoder<CollectionFields> {
    .mapping { fields in
      CollectionFields(
        identity: fields.optional("identity", as: .text),
        label: fields.optional("label", as: .text),
        singleton: fields.optional("singleton", as: .bool, default: false),
        forEach: fields.optional("forEach", as: .text))
    }
  }
}

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
          succeeded: draft.succeeded)
      }, mark: envelope.name.mark)
  }
}

private struct CollectionDraft: Sendable {
  let pointer: String?
  let shape: ExportFormat.Shape
  let identity: String?
  let commands: [String]
  let succeeded: String?

  static var decoder: NodeDecoder<CollectionDraft> {
    .mapping { fields in
      CollectionDraft(
        pointer: fields.optional("pointer", as: .text),
        shape: fields.optional("shape", as: .choice(of: ExportFormat.Shape.self), default: .list),
        identity: fields.optional("identity", as: .text),
        commands: fields.optional("commands", as: .list(of: .text), default: []),
        succeeded: fields.optional("succeeded", as: .text))
    }
  }
}
