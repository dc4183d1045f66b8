internal import Git
internal import Posture
internal import Text
internal import YAML

/// Asks git who declared each exception: the lines of its document, blamed.
struct ExceptionOrigins {
  private let repository: Repository
  private let commit: ObjectID?
  /// The exceptions as they stand in that commit.
  private let committed: [String: Exception]
  private var blamed: [String: [BlamedLines]] = [:]

  /// - Parameters:
  ///   - state: What was planned.
  ///   - location: Where it was read from. Of a working tree, what stands in `HEAD` with the same
  ///     meaning is committed.
  init(_ state: DesiredState, at location: DeclaredState.Location) throws {
    repository = try Repository.open(path: location.repository)
    var exceptions = state.exceptions
    if location.usesWorkingTree {
      commit = try repository.head()
      var head = location
      head.revision = "HEAD"
      head.usesWorkingTree = false
      exceptions = try DeclaredState.ifPresent(head)?.state.exceptions ?? []
    } else {
      commit = try repository.resolve(location.revision)
    }
    committed = exceptions.keyed(by: \.name)
  }

  /// The exceptions of a committed desired state; nil where there is none.
  ///
  /// - Parameter location: Where it is; its revision counts.
  init?(at location: DeclaredState.Location) throws {
    guard let declared = try DeclaredState.ifPresent(location) else { return nil }
    try self.init(declared.state, at: location)
  }

  /// Who declared the exception of a name; nil when the desired state has none.
  mutating func origin(named name: String) throws -> ExceptionPlan.Origin? {
    try committed[name].map { exception in try origin(of: exception) }
  }

  /// The plan with the origin of every exception.
  static func added(
    to plan: Plan, of state: DesiredState, at location: DeclaredState.Location
  ) throws -> Plan {
    guard !plan.exceptions.isEmpty else { return plan }
    var origins = try ExceptionOrigins(state, at: location)
    var plan = plan
    for index in plan.exceptions.indices {
      plan.exceptions[index].origin = try origins.origin(of: plan.exceptions[index].exception)
    }
    return plan
  }

  private mutating func origin(of exception: Exception) throws -> ExceptionPlan.Origin {
    guard let commit, let committed = committed[exception.name],
      committed.digest == exception.digest
    else { return .uncommitted }
    let file = committed.mark.file
    let lines = try blamed[file] ?? repository.blame(file, at: commit)
    blamed[file] = lines
    let commits = lines.filter { $0.lines.overlaps(committed.lines) }.map(\.commit)
      .sorted { ($0.author.time, $0.id.hex) < ($1.author.time, $1.id.hex) }
    guard let oldest = commits.first, let newest = try commits.last(where: { try !isCutOff($0) })
    else {
      return .beyondHistory
    }
    return .commits(
      introduced: try commits.contains(where: isCutOff) ? nil : Self.commit(oldest),
      changed: Self.commit(newest))
  }

  /// Whether the commit is where a shallow clone ends: older lines are blamed on it.
  private func isCutOff(_ commit: CommitInfo) throws -> Bool {
    try repository.isShallow
      && commit.parents.contains { try repository.commitIfPresent($0) == nil }
  }

  private static func commit(_ commit: CommitInfo) -> ExceptionPlan.Origin.Commit {
    ExceptionPlan.Origin.Commit(
      id: commit.id.hex, author: commit.author.name,
      date: Instant(secondsSince1970: Int(commit.author.time)))
  }
}
