private import Foundation
internal import Git
internal import Observation
package import Posture
internal import Text
package import YAML

/// Declares an exception in the YAML of the working tree, keeping what stands in its file.
package struct ExceptionWriting: Sendable {
  /// What was written, or would be.
  package struct Written: Sendable {
    package let name: String
    /// Relative to the repository's root.
    package let file: String
    /// The document's text.
    package let text: String
    /// Warnings about the desired state with it.
    package let warnings: [Diagnostic]
  }

  private let repository: Repository.Place
  private let declared: DeclaredState
  private let files: [(path: String, bytes: [UInt8])]
  private let now: Instant

  /// Reads the working tree.
  ///
  /// - Throws: ``ReconcileError`` when there is none, or when it has faults already.
  package init(repository path: String, path folder: String, now: Instant) throws {
    let repository = try Repository.open(path: path)
    guard let root = repository.workingDirectory else {
      throw ReconcileError.refused("a bare repository has no working tree to write files into")
    }
    let read = try DesiredFiles.readWorkingTree(repository, path: folder)
    self.repository = Repository.Place(root: root, folder: read.reference.path)
    files = read.files
    declared = DeclaredState(read)
    self.now = now
    if declared.diagnostics.hasErrors {
      throw ReconcileError.invalidDesiredState(declared.diagnostics.all)
    }
  }

  /// Checks the draft as if it stood there, and writes it.
  ///
  /// - Parameter dryRun: Whether to stop before writing.
  /// - Throws: ``ReconcileError`` when the result would have a fault, when another exception decides
  ///   the same already, or when it would hold longer than Settings allow. Nothing is written then.
  package func write(_ draft: ExceptionDraft, dryRun: Bool = false) throws -> Written {
    try check(draft)
    let app = try self.app(of: draft)
    try refuseDuplicates(of: draft)
    let taken = Set(declared.state.exceptions.map(\.name))
    if let name = draft.name,
      let other = declared.state.exception(name)
    {
      throw ReconcileError.refused("another Exception is named '\(name)', at \(other.mark)")
    }
    let name = draft.name ?? draft.derivedName(app: app, taken: taken)
    let file = try self.file(for: draft, app: app)
    let value = draft.document(named: name)
    let existing = files.first { $0.path == file }?.bytes
    let text = try Self.appending(value, to: existing ?? [], file: file)
    let document = try Self.appending(value, to: [], file: file)
    let warnings = try validated(text, file: file)
    if !dryRun { try write(text, to: file, isNew: existing == nil) }
    return Written(name: name, file: file, text: document, warnings: warnings)
  }

  // MARK: Checks

  private func check(_ draft: ExceptionDraft) throws {
    let settings = declared.state.settings
    guard let expires = draft.expires else {
      guard draft.status != .riskAccepted && draft.status != .planned else {
        throw ReconcileError.refused(
          "\(draft.status.rawValue) is for a time: name its last day with --expires")
      }
      return
    }
    guard (expires.daysSince1970 + 1) * 86_400 > now.secondsSince1970 else {
      throw ReconcileError.refused("the last day, \(expires), has passed already")
    }
    let latest = now.adding(seconds: settings.exceptionMaxDuration).secondsSince1970 / 86_400
    if expires.daysSince1970 > latest {
      let allowed = Timespan(seconds: settings.exceptionMaxDuration).description
      let day = CalendarDate(daysSince1970: latest).map { "; the latest is \($0)" } ?? ""
      throw ReconcileError.refused(
        "\(expires) is further ahead than exceptions.maxDuration \(allowed)\(day)")
    }
  }

  /// The one app of the recommendations, after every name was found.
  private func app(of draft: ExceptionDraft) throws -> String {
    let state = declared.state
    // Microsoft's own are known when they are read; their names' form is checked with the document.
    let native = draft.recommendations.filter { !$0.hasPrefix(ImportedRecommendation.prefix) }
    let recommendations = try native.map { name in
      guard let known = state.recommendation(name) else {
        throw ReconcileError.refused(
          "no recommendation named '\(name)'"
            + Suggestion.hint(for: name, among: state.recommendations.map(\.name)))
      }
      return known
    }
    for name in draft.instances {
      guard let instance = state.instances.first(where: { $0.name == name }) else {
        throw ReconcileError.refused(
          "no instance named '\(name)'"
            + Suggestion.hint(for: name, among: state.instances.map(\.name)))
      }
      if let other = recommendations.first(where: { $0.app.value != instance.app.value }) {
        throw ReconcileError.refused(
          "'\(other.name)' is for app '\(other.app.value)', and instance '\(name)' is of app '\(instance.app.value)'"
        )
      }
    }
    let first = draft.instances.first.flatMap { state.instance($0) }
    guard let app = recommendations.first?.app.value ?? first?.app.value,
      !draft.recommendations.isEmpty, !draft.instances.isEmpty
    else {
      throw ReconcileError.refused("name a recommendation and an instance")
    }
    return app
  }

  /// Two decisions about one thing would be a riddle for whoever reviews them.
  private func refuseDuplicates(of draft: ExceptionDraft) throws {
    func words(_ text: String?) -> [Substring]? { text?.split(whereSeparator: \.isWhitespace) }
    for recommendation in draft.recommendations {
      for name in draft.instances {
        guard let instance = declared.state.instances.first(where: { $0.name == name }) else {
          continue
        }
        let same = declared.state.exceptions(for: instance).first { exception in
          exception.recommendations.contains { $0.value == recommendation }
            && words(exception.resources?.value) == words(draft.resources)
        }
        guard let same else { continue }
        let isOver = same.isExpired(at: now)
        let end = same.expires.map(\.description) ?? ""
        throw ReconcileError.refused(
          "'\(same.name)' decides '\(recommendation)' for instance '\(name)' already (\(same.mark)): "
            + (isOver ? "it expired on \(end); renew it there" : "change it there"))
      }
    }
  }

  /// The whole desired state with the new text.
  private func validated(_ text: String, file: String) throws -> [Diagnostic] {
    let before = Set(declared.diagnostics.all)
    var files = self.files.filter { $0.path != file }
    files.append((path: file, bytes: Array(text.utf8)))
    files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    let changed = DeclaredState(files: files, reference: declared.reference)
    let apps = Set(changed.state.instances.map(\.app.value))
    _ = CompiledState(changed.state, apps: apps, diagnostics: changed.diagnostics)
    if changed.diagnostics.hasErrors {
      throw ReconcileError.invalidDesiredState(changed.diagnostics.errors)
    }
    return changed.diagnostics.all.filter { !before.contains($0) }
  }

  // MARK: Writing

  private func file(for draft: ExceptionDraft, app: String) throws -> String {
    let prefix = repository.folder.isEmpty ? "" : repository.folder + "/"
    guard let file = draft.file else { return "\(prefix)exceptions/\(app).yaml" }
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

  private static func appending(
    _ value: YAMLValue, to existing: [UInt8], file: String
  ) throws(YAMLEditError) -> String {
    var edit = try YAMLEdit(existing, file: file)
    try edit.append(document: value)
    // A day needs no quotes in the core schema, and people write none.
    if let expires = value["spec"]?["expires"], case .string(let day) = expires {
      try edit.set(
        ["spec", "expires"], to: .verbatim(day), inDocument: edit.documents.count - 1)
    }
    return edit.text
  }

  private func write(_ text: String, to file: String, isNew: Bool) throws {
    let url = URL(fileURLWithPath: repository.root).appending(path: file)
    if isNew {
      try RepositoryLinks.refuse(on: url.path, named: file)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url, options: .withoutOverwriting)
      return
    }
    let location = try WorkingDirectory(root: repository.root).location(of: file)
    try Data(text.utf8).write(
      to: location.map { URL(fileURLWithPath: $0) } ?? url, options: .atomic)
  }
}

extension Repository {
  /// Where files are written; unlike the repository it may travel between tasks.
  fileprivate struct Place: Sendable {
    let root: String
    let folder: String
  }
}
