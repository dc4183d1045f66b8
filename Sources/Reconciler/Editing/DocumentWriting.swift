private import Foundation
internal import Git
internal import Observation
internal import Posture
internal import Text
package import YAML

/// Adds a document to a file of the working tree once the whole desired state with it has no fault.
package struct DocumentWriting: Sendable {
  /// What was written, or would be.
  package struct Written: Sendable {
    /// The document's name.
    package let name: String
    /// Relative to the repository's root.
    package let file: String
    /// The document's text.
    package let text: String
    /// Warnings about the desired state with it.
    package let warnings: [Diagnostic]
  }

  /// What stands there now.
  let declared: DeclaredState
  private let root: String
  /// The folder of desired state, relative to the root.
  private let folder: String
  private let files: [(path: String, bytes: [UInt8])]

  /// Reads the working tree.
  ///
  /// - Throws: ``ReconcileError`` when there is none, or when it has faults already.
  init(repository path: String, path folder: String) throws {
    let repository = try Repository.open(path: path)
    guard let root = repository.workingDirectory else {
      throw ReconcileError.refused("a bare repository has no working tree to write files into")
    }
    let read = try DesiredFiles.readWorkingTree(repository, path: folder)
    self.root = root
    self.folder = read.path
    files = read.files
    declared = DeclaredState(read)
    if declared.diagnostics.hasErrors {
      throw ReconcileError.invalidDesiredState(declared.diagnostics.all)
    }
  }

  /// The file that is named, or one in the folder of desired state.
  ///
  /// - Throws: ``ReconcileError`` when what is named is no YAML file of the desired state.
  func file(_ named: String?, else name: String) throws -> String {
    let prefix = folder.isEmpty ? "" : folder + "/"
    guard let file = named else { return prefix + name }
    let parts = file.split(separator: "/", omittingEmptySubsequences: false)
    guard file.hasPrefix(prefix), !file.hasPrefix("/"),
      !parts.contains("..") && !parts.contains("."), !parts.contains(""),
      file.hasSuffix(".yaml") || file.hasSuffix(".yml")
    else {
      throw ReconcileError.refused(
        "'\(file)' is no YAML file of the desired state: name one below \(prefix.isEmpty ? "the repository's root" : prefix)"
      )
    }
    return file
  }

  /// The desired state as it would be with a document more, faults and all.
  func declared(with document: YAMLValue, in file: String) throws -> DeclaredState {
    try declared(withText: text(adding: document, to: file, verbatim: []), in: file)
  }

  /// Checks the document as if it stood there, and writes it.
  ///
  /// - Parameters:
  ///   - verbatim: Values that are written without quotes, by their place in the document.
  ///   - dryRun: Whether to stop before writing.
  /// - Throws: ``ReconcileError`` when the result would have a fault. Nothing is written then.
  func append(
    _ document: YAMLValue, named name: String, to file: String,
    verbatim: [(path: YAMLPath, text: String)], dryRun: Bool
  ) throws -> Written {
    let text = try text(adding: document, to: file, verbatim: verbatim)
    let warnings = try validated(text, file: file)
    if !dryRun { try write(text, to: file) }
    return Written(
      name: name, file: file,
      text: try Self.appending(document, to: [], file: file, verbatim: verbatim),
      warnings: warnings)
  }

  private func text(
    adding document: YAMLValue, to file: String, verbatim: [(path: YAMLPath, text: String)]
  ) throws -> String {
    try Self.appending(document, to: existing(file) ?? [], file: file, verbatim: verbatim)
  }

  private func existing(_ file: String) -> [UInt8]? { files.first { $0.path == file }?.bytes }

  /// A file's text with a document more.
  static func appending(
    _ document: YAMLValue, to existing: [UInt8], file: String,
    verbatim: [(path: YAMLPath, text: String)] = []
  ) throws(YAMLEditError) -> String {
    var edit = try YAMLEdit(existing, file: file)
    try edit.append(document: document)
    for (path, text) in verbatim {
      try edit.set(path, to: .verbatim(text), inDocument: edit.documents.count - 1)
    }
    return edit.text
  }

  private func declared(withText text: String, in file: String) -> DeclaredState {
    var files = self.files.filter { $0.path != file }
    files.append((path: file, bytes: Array(text.utf8)))
    files.sort { $0.path.isBefore($1.path) }
    return DeclaredState(files: files, reference: declared.reference)
  }

  /// The whole desired state with the new text.
  private func validated(_ text: String, file: String) throws -> [Diagnostic] {
    let before = Set(declared.diagnostics.all)
    let changed = declared(withText: text, in: file)
    let apps = Set(changed.state.instances.map(\.app.value))
    _ = CompiledState(changed.state, apps: apps, diagnostics: changed.diagnostics)
    if changed.diagnostics.hasErrors {
      throw ReconcileError.invalidDesiredState(changed.diagnostics.errors)
    }
    return changed.diagnostics.all.filter { !before.contains($0) }
  }

  private func write(_ text: String, to file: String) throws {
    let url = URL(fileURLWithPath: root).appending(path: file)
    guard existing(file) != nil else {
      try RepositoryLinks.refuse(on: url.path, named: file)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url, options: .withoutOverwriting)
      return
    }
    let location = try WorkingDirectory(root: root).location(of: file)
    try Data(text.utf8).write(
      to: location.map { URL(fileURLWithPath: $0) } ?? url, options: .atomic)
  }
}
