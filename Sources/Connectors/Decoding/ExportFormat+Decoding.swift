package import YAML

extension ExportFormat {
  /// - Parameters:
  ///   - name: The format's.
  ///   - spec: What the document says of it.
  package init?(name: Located<String>, spec: Node, diagnostics: Diagnostics) {
    guard let fields = MappingDecoder(spec, into: diagnostics) else { return nil }
    let app = fields.required("app", as: .string)
    let title = fields.required("title", as: .text)
    let observedAt = fields.required("observedAt", as: .text)
    let merged = fields.optional(
      "merged",
      as: .mapping { fields -> MergedDraft? in
        guard let pointer = fields.required("pointer", as: .text),
          let observedAt = fields.required("observedAt", as: .text)
        else { return nil }
        return MergedDraft(pointer: pointer, observedAt: observedAt)
      })
    let files = fields.optional("files", as: .list(of: .text), default: [])
    let collections = fields.required("collections", as: .entries(of: CollectionDraft.decoder))
    fields.finish()
    guard let app, let title, let observedAt, let collections else { return nil }
    self.init(
      name: name.value, app: app, title: title, observedAt: observedAt,
      merged: merged.map { (pointer: $0.pointer, observedAt: $0.observedAt) }, files: files,
      collections: collections.map { entry in
        let draft = entry.value.value
        return Collection(
          name: entry.name.value, pointer: draft.pointer ?? "/" + entry.name.value,
          shape: draft.shape, identity: draft.identity, commands: draft.commands,
          succeeded: draft.succeeded, failed: draft.failed, faults: draft.faults,
          requires: draft.requires.map { (pointer: $0.key, not: $0.value) }
            .sorted { $0.pointer < $1.pointer },
          withheld: draft.withheld, mayBeAbsent: draft.absent == "empty",
          isNeverEmpty: draft.nonEmpty, fields: draft.fields)
      }, mark: name.mark)
  }
}

private struct MergedDraft: Sendable {
  let pointer: String
  let observedAt: String
}

private struct CollectionDraft: Sendable {
  let pointer: String?
  let shape: ExportFormat.Shape
  let identity: String?
  let commands: [String]
  let succeeded: String?
  let failed: String?
  let faults: [String]
  let requires: [String: [String]]
  let withheld: String?
  let absent: String
  let nonEmpty: Bool
  let fields: [CollectionField]

  static var decoder: NodeDecoder<CollectionDraft> {
    .mapping { fields in
      CollectionDraft(
        pointer: fields.optional("pointer", as: .text),
        shape: fields.optional("shape", as: .choice(of: ExportFormat.Shape.self), default: .list),
        identity: fields.optional("identity", as: .text),
        commands: fields.optional("commands", as: .list(of: .text), default: []),
        succeeded: fields.optional("succeeded", as: .text),
        failed: fields.optional("failed", as: .text),
        faults: fields.optional("faults", as: .list(of: .text), default: []),
        requires: fields.optional(
          "requires", as: .dictionary(of: .list(of: .string)), default: [:]),
        withheld: fields.optional("withheld", as: .text),
        absent: fields.optional("absent", as: .choice(["empty", "fault"]), default: "fault"),
        nonEmpty: fields.optional("nonEmpty", as: .bool, default: false),
        fields: CollectionField.decode(fields))
    }
  }
}
