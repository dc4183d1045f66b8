internal import Git
internal import Posture

/// Finds who declared exceptions in the desired states that reports were made of: an exception may
/// be gone by now.
struct DatedOrigins {
  private let location: DeclaredState.Location
  private let repository: Repository
  private var readers: [String: ExceptionOrigins] = [:]

  init(_ location: DeclaredState.Location, _ repository: Repository) {
    self.location = location
    self.repository = repository
  }

  /// The history with those who accepted: git is asked for the lines of each exception's document.
  mutating func attributed(_ history: RecommendationHistory) throws -> RecommendationHistory {
    var origins: [String: ExceptionPlan.Origin] = [:]
    for (exception, revision) in history.acceptances {
      guard let id = ObjectID(hex: revision), try repository.commitIfPresent(id) != nil else {
        continue
      }
      var committed = location
      committed.revision = revision
      committed.usesWorkingTree = false
      guard var reader = try readers[revision] ?? ExceptionOrigins(at: committed) else { continue }
      origins["\(revision) \(exception)"] = try reader.origin(named: exception)
      readers[revision] = reader
    }
    return history.attributed { origins["\($1) \($0)"] }
  }
}
