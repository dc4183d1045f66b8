internal import Git
internal import Observation
internal import Posture
internal import YAML

/// Asks git which commit brought the data of instances that are recorded in the repository or exported
/// into it: what looks like a change of the tenant came with somebody's commit.
struct DataOrigins {
  private let repository: Repository
  private let head: ObjectID
  private let committed: RevisionFiles
  private let working: WorkingDirectory?

  /// Commits that are looked at for one instance.
  private static let depth = 10_000
  /// Bytes of one file that are compared.
  private static let limit = 256 << 20

  init(at location: DeclaredState.Location) throws {
    repository = try Repository.open(path: location.repository)
    head = try repository.resolve(location.revision)
    committed = RevisionFiles(repository: location.repository, commit: head)
    working = repository.workingDirectory.map { WorkingDirectory(root: $0) }
  }

  /// Where the data of instances comes from whose observation is another than the recorded one.
  static func of(
    _ plan: Plan, state: DesiredState, recorded: Snapshot, at location: DeclaredState.Location
  ) throws -> [String: DataOrigin] {
    let moved = plan.instances.filter { instance in
      guard let old = recorded.instances[instance.name] else { return false }
      return instance.observationDigest != nil
        && instance.observationDigest != old.observationDigest
    }
    var found: [String: DataOrigin] = [:]
    var origins: DataOrigins?
    for instance in moved {
      let old = recorded.instances[instance.name]
      // Of several the first that brings something else.
      let source = state.instance(instance.name)?.sources.first { source in
        source.path != nil
          && (instance.sources.isEmpty
            || instance.source(source.name)?.digest != old?.source(source.name)?.digest)
      }
      guard let path = source?.path else { continue }
      if origins == nil { origins = try DataOrigins(at: location) }
      found[instance.name] = try origins?.origin(of: path)
    }
    return found
  }

  /// Nil where a shallow clone ends before the commit.
  private func origin(of path: String) throws -> DataOrigin? {
    guard let entry = try repository.entry(path, at: head), isCommitted(path) else {
      return .uncommitted
    }
    var commit = try repository.commit(head)
    for _ in 0..<Self.depth {
      var earlier: CommitInfo?
      for parent in commit.parents {
        guard let info = try repository.commitIfPresent(parent) else { return nil }
        if try repository.entry(path, at: parent)?.id == entry.id {
          earlier = info
          break
        }
      }
      guard let earlier else {
        return .commit(
          ExceptionPlan.Origin.Commit(
            id: commit.id.hex, author: commit.author.name,
            date: Instant(secondsSince1970: Int(commit.author.time))))
      }
      commit = earlier
    }
    return nil
  }

  /// Whether the working tree has what the commit has; so it has where there is none.
  private func isCommitted(_ path: String) -> Bool {
    guard let working else { return true }
    do throws(Fault) {
      guard let names = try committed.names(in: path) else { return try isSame(path) }
      guard try working.names(in: path) == names else { return false }
      for name in names where try !isSame("\(path)/\(name)") { return false }
      return true
    } catch {
      return false
    }
  }

  private func isSame(_ path: String) throws(Fault) -> Bool {
    try committed.contents(of: path, limit: Self.limit)
      == working?.contents(of: path, limit: Self.limit)
  }
}
