internal import Observation
package import Posture
internal import Text
internal import YAML

/// Declares an exception in the YAML of the working tree, keeping what stands in its file.
package struct ExceptionWriting: Sendable {
  private let writing: DocumentWriting
  private let now: Instant

  private var declared: DeclaredState { writing.declared }

  /// Reads the working tree.
  ///
  /// - Throws: ``ReconcileError`` when there is none, or when it has faults already.
  package init(repository path: String, path folder: String, now: Instant) throws {
    writing = try DocumentWriting(repository: path, path: folder)
    self.now = now
  }

  /// Checks the draft as if it stood there, and writes it.
  ///
  /// - Parameter dryRun: Whether to stop before writing.
  /// - Throws: ``ReconcileError`` when the result would have a fault, when another exception decides
  ///   the same already, or when it would hold longer than Settings allow. Nothing is written then.
  package func write(
    _ draft: ExceptionDraft, dryRun: Bool = false
  ) throws -> DocumentWriting.Written {
    try check(draft)
    let app = try self.app(of: draft)
    try refuseDuplicates(of: draft)
    let taken = Set(declared.state.exceptions.map(\.name))
    if let name = draft.name, let other = declared.state.exception(name) {
      throw ReconcileError.refused("another Exception is named '\(name)', at \(other.mark)")
    }
    let name = draft.name ?? draft.derivedName(app: app, taken: taken)
    // A day needs no quotes in the core schema, and people write none.
    let expires: YAMLPath = ["spec", "expires"]
    let lastDay = draft.expires.map { [(path: expires, text: $0.description)] } ?? []
    return try writing.append(
      draft.document(named: name), named: name,
      to: try writing.file(draft.file, else: "exceptions/\(app).yaml"),
      verbatim: lastDay, dryRun: dryRun)
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
    // Imported ones are known when they are read; their names' form is checked with the document.
    let native = draft.recommendations.filter { ImportedSource.of($0) == nil }
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
}
