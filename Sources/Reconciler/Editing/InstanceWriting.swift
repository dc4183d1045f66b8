package import Connectors
package import Posture
internal import YAML

/// Declares an instance in the YAML of the working tree, keeping what stands in its file.
package struct InstanceWriting: Sendable {
  private let writing: DocumentWriting

  /// Reads the working tree.
  ///
  /// - Throws: ``ReconcileError`` when there is none, or when it has faults already.
  package init(repository path: String, path folder: String) throws {
    writing = try DocumentWriting(repository: path, path: folder)
  }

  /// What stands there now.
  package var declared: DeclaredState { writing.declared }

  /// The instance that has the name already.
  package func instance(_ name: String) -> Instance? { declared.state.instance(name) }

  /// How an app is read, whether an instance of it is declared already or not.
  ///
  /// - Throws: ``ReconcileError`` when there is no such app, or none that is read over an API.
  package func connector(of app: String) throws -> Connector {
    try Self.connector(of: app, declared: declared(with:))
  }

  /// - Parameter declared: A desired state that has the draft.
  static func connector(
    of app: String, declared: (InstanceDraft) throws -> DeclaredState
  ) throws -> Connector {
    if let ended = EndedApp.named(app) { throw ReconcileError.refused(ended.end) }
    let declared = try declared(InstanceDraft(app: app, name: "connected"))
    guard let connector = declared.state.connectors[app] else {
      throw ReconcileError.refused(
        declared.diagnostics.errors.first?.message ?? "no app named '\(app)'")
    }
    guard connector.baseURL != nil, !connector.authentication.isEmpty else {
      throw ReconcileError.refused(
        "app '\(app)' is read from exports only: 'plumb catalog list exports' names their formats")
    }
    return connector
  }

  /// The desired state as it would be with the draft.
  package func declared(with draft: InstanceDraft) throws -> DeclaredState {
    try writing.declared(with: draft.document, in: file(draft.file))
  }

  /// Checks the draft as if it stood there, and writes it.
  ///
  /// - Parameter dryRun: Whether to stop before writing.
  /// - Throws: ``ReconcileError`` when the result would have a fault. Nothing is written then.
  package func write(
    _ draft: InstanceDraft, dryRun: Bool = false
  ) throws -> DocumentWriting.Written {
    if let other = instance(draft.name) {
      throw ReconcileError.refused("another Instance is named '\(draft.name)', at \(other.mark)")
    }
    return try writing.append(
      draft.document, named: draft.name, to: file(draft.file), verbatim: draft.verbatim,
      dryRun: dryRun)
  }

  private func file(_ named: String?) throws -> String {
    try writing.file(named, else: "instances.yaml")
  }
}
