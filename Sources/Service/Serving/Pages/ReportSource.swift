#if Service
internal import Git
package import Posture
internal import Reconciler
internal import Reports

/// Where reports are read: a repository here, or a remote that is fetched each time. Nothing is written there, and no tenant is
/// asked.
package struct ReportSource: Sendable {
  /// A folder in a repository, or a remote's URL.
  package var repository: String
  package var path: String
  package var revision: String
  package var isRemote: Bool
  /// The process's own: where a remote's copy is kept, and who we are to it.
  package var environment: [String: String]
  /// The only instances that are told of; nil for all.
  package var selection: InstanceSelection?
  package var days: Int
  package var maxAffected: Int
  package var sourceURL: String?
  /// Plumb's.
  package var version: String

  package init(
    repository: String, path: String, revision: String, isRemote: Bool,
    environment: [String: String], version: String, selection: InstanceSelection? = nil,
    days: Int = 14, maxAffected: Int = 100, sourceURL: String? = nil
  ) {
    self.repository = repository
    self.path = path
    self.revision = revision
    self.isRemote = isRemote
    self.environment = environment
    self.version = version
    self.selection = selection
    self.days = days
    self.maxAffected = maxAffected
    self.sourceURL = sourceURL
  }

  /// Where a repository stands: whatever is read of it follows from this.
  struct Tip: Sendable, Equatable {
    let location: DeclaredState.Location
    /// Every reference with its commit, and the commit of the desired state.
    let references: [String]

    static func == (left: Tip, right: Tip) -> Bool { left.references == right.references }
  }

  /// Fetches a remote, and looks where the references stand. It may block for as long as the network does.
  func tip() throws -> Tip {
    var location = DeclaredState.Location(repository: repository, path: path, revision: revision)
    if isRemote {
      let copy = try RemoteCopy(repository, environment: environment)
      location.repository = copy.path
      location.revision = try copy.commit(of: revision)
      location.recordSide = .remoteOnly
    }
    location.isNamed = true
    let opened = try Repository.open(path: location.repository)
    let references = try opened.references(under: "refs/").map { "\($0.name) \($0.target.hex)" }
    return Tip(
      location: location,
      references: references.sorted() + ["HEAD \(try opened.resolve(location.revision).hex)"])
  }

  /// How pages are made of what stands at a tip.
  func options(at revision: String?) throws -> HTMLReport.Options {
    let remote = isRemote ? repository : try Repository.open(path: repository).remoteURL("origin")
    return HTMLReport.Options(
      version: version, maxAffected: maxAffected,
      links: SourceLinks(remote: remote, revision: revision, template: sourceURL))
  }

  /// Reads what stands at a tip and renders it.
  func publication(at tip: Tip) async throws -> Publication {
    let reader = try HistoryReader(tip.location.withWholeCatalog, only: selection)
    let story = try await reader.story(days: days)
    guard
      let publication = Publication(
        story, reader: reader, options: try options(at: story.desired.revision))
    else { throw ReconcileError.refused("there is no report yet") }
    return publication
  }
}
#endif
