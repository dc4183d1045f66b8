internal import Git
package import Posture
package import YAML

/// The desired state of a repository joined with the catalog: the one way in for every command.
package struct DeclaredState: Sendable {
  /// What the repository declares, joined with the catalog.
  package let state: DesiredState
  /// The catalog that it was joined with.
  package let library: DecodedCatalog
  /// Which revision or working tree was read, and its digest; one that is only checked has none.
  package let reference: DesiredReference
  /// How many files were read.
  package let fileCount: Int
  /// Holds the faults that were found; later steps add theirs.
  package let diagnostics: Diagnostics

  /// Where a desired state is read from.
  package struct Location: Sendable {
    /// A folder in the repository.
    package var repository: String
    /// The folder of desired state, relative to the repository's root.
    package var path: String
    /// A revision as git reads it: `HEAD`, a branch, a tag or a commit; unused for a working tree.
    package var revision: String
    /// Whether the working tree is read instead of a revision.
    package var usesWorkingTree: Bool
    /// Which commits of the reports branch count as recorded.
    package var recordSide = ReportsBranch.Side.here
    /// Whether somebody named the place: then it is an error that there is nothing.
    package var isNamed = false
    /// Whether the catalog is read with its tests.
    var readsTests = false
    /// How much of the catalog is read.
    var catalog = CatalogPart.ofApps
    /// Whether it is to be compared with another, document by document.
    var isCompared = false

    package init(
      repository: String, path: String = "desired-state", revision: String = "HEAD",
      usesWorkingTree: Bool = false
    ) {
      self.repository = repository
      self.path = path
      self.revision = revision
      self.usesWorkingTree = usesWorkingTree
    }

    /// The same place, for callers that ask about apps that are not declared.
    package var withWholeCatalog: Location {
      var location = self
      location.catalog = .whole
      return location
    }
  }

  /// How much of the catalog a desired state is joined with.
  enum CatalogPart: Sendable {
    case whole
    /// What is about the declared apps.
    case ofApps
    /// What checking the documents needs.
    case ofChecks
  }

  /// Reads and checks; faults are in `diagnostics`.
  package init(_ location: Location) throws {
    let repository = try Repository.open(path: location.repository)
    let files =
      try location.usesWorkingTree
      ? DesiredFiles.readWorkingTree(repository, path: location.path)
      : DesiredFiles.read(repository, revision: location.revision, path: location.path)
    let reference =
      location.catalog == .ofChecks
      ? DesiredReference(revision: files.revision, path: files.path, digest: "") : files.reference
    self.init(
      files: files.files, reference: reference, readsTests: location.readsTests,
      catalog: location.catalog, isCompared: location.isCompared)
    try refuseOwnBranch(repository, revision: location.revision)
  }

  /// Reports on the branch that people commit the desired state to would be committed over their work: a branch that the
  /// revision follows, and that holds the folder of desired state, is such a one.
  private func refuseOwnBranch(_ repository: Repository, revision: String) throws {
    let branch = state.settings.reportsBranch
    guard let mark = state.settings.mark, branch != Settings().reportsBranch,
      let read = try? repository.resolve(reference.revision ?? revision)
    else { return }
    let names = ["refs/heads/\(branch)", ReportsBranch.tracking(branch, remote: "origin")]
    for tip in try names.compactMap({ try repository.target(of: $0) })
    where try repository.entry(reference.path, at: tip) != nil
      && (tip == read || repository.isAncestor(tip, of: read))
    {
      diagnostics.error(
        "reports.branch: '\(branch)' is a branch of the desired state itself; name one of their own for reports, such as '\(Settings().reportsBranch)'",
        at: mark)
      return
    }
  }

  /// The state of a revision that declares nothing.
  static func empty(_ reference: DesiredReference) -> DeclaredState {
    DeclaredState(files: [], reference: reference)
  }

  /// The state of one document that stands nowhere.
  static func declaring(_ document: YAMLValue) throws -> DeclaredState {
    let text = try DocumentWriting.appending(document, to: [], file: "")
    return DeclaredState(
      files: [(path: "", bytes: Array(text.utf8))],
      reference: DesiredReference(revision: nil, path: "", digest: ""))
  }

  /// The catalog alone.
  package static func catalogOnly(readsTests: Bool = false) -> DeclaredState {
    DeclaredState(
      files: [], reference: DesiredReference(revision: nil, path: "", digest: ""),
      readsTests: readsTests, catalog: .whole)
  }

  /// The desired state of a place; nil where there is none: no repository, no such revision, no folder.
  ///
  /// - Throws: Whatever else keeps it from being read: a file, the repository, rights.
  static func ifPresent(_ location: Location) throws -> DeclaredState? {
    do {
      return try DeclaredState(location)
    } catch ReconcileError.noDesiredState {
      return nil
    } catch let error as GitError {
      switch error.code {
      case .repositoryNotFound, .emptyRepository, .unknownRevision: return nil
      default: throw error
      }
    }
  }

  /// The repository's state, or the catalog alone where there is no desired state and nobody named one.
  ///
  /// - Throws: Why a place that was named has none, why one cannot be read, or ``ReconcileError`` when it
  ///   has faults.
  package static func orCatalog(_ location: Location) throws -> DeclaredState {
    let declared = try location.isNamed ? DeclaredState(location) : ifPresent(location)
    guard let declared else { return catalogOnly(readsTests: location.readsTests) }
    if declared.diagnostics.hasErrors {
      throw ReconcileError.invalidDesiredState(declared.diagnostics.all)
    }
    return declared
  }

  init(_ files: DesiredFiles) {
    self.init(files: files.files, reference: files.reference)
  }

  init(
    files: [(path: String, bytes: [UInt8])], reference: DesiredReference, readsTests: Bool = false,
    catalog: CatalogPart = .ofApps, isCompared: Bool = false
  ) {
    diagnostics = Diagnostics()
    let reader = DesiredStateReader(
      files, diagnostics: diagnostics, keepsDeclarations: isCompared,
      makesDigests: catalog != .ofChecks)
    let extent: DecodedCatalog.Extent =
      switch catalog {
      case .whole: .whole
      case .ofApps: reader.extent(of: .builtIn)
      case .ofChecks: reader.extentOfChecks(of: .builtIn)
      }
    library = DecodedCatalog.builtIn(extent, withTests: readsTests, diagnostics: diagnostics)
    state = (consume reader).joined(with: library)
    self.reference = reference
    fileCount = files.count
  }

  /// Every initiative there is: the built-in ones as the repository adopts them, and its own.
  package var initiatives: [Initiative] {
    let adopted = Set(state.initiatives.map(\.name))
    return (state.initiatives + library.initiatives.values.filter { !adopted.contains($0.name) })
      .sorted { $0.name < $1.name }
  }
}

extension GitError {
  /// Whether what was asked for is not there; anything else is wrong with the repository.
  var isAbsence: Bool {
    switch code {
    case .unknownRevision, .emptyRepository, .objectNotFound: true
    default: false
    }
  }
}

extension Repository {
  /// The commit; nil where it is not in this repository: a shallow clone's history ends.
  func commitIfPresent(_ id: ObjectID) throws -> CommitInfo? {
    do throws(GitError) {
      return try commit(id)
    } catch {
      guard error.isAbsence else { throw error }
      return nil
    }
  }

  /// The commit that is checked out; nil before the first.
  func head() throws -> ObjectID? {
    do throws(GitError) {
      return try resolve("HEAD")
    } catch {
      guard error.isAbsence else { throw error }
      return nil
    }
  }
}
