import Git
import Posture
import Reconciler
import TestSupport
import Testing

extension Company {
  func request(at now: String = "2026-06-01T07:00:00Z", in folder: String? = nil) throws
    -> PlanRequest
  {
    PlanRequest(
      DeclaredState.Location(repository: folder.map { "\(scratch.path)/\($0)" } ?? path),
      now: try #require(Instant(now)))
  }

  static let environment = [
    "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@contoso.example",
    "GIT_COMMITTER_NAME": "Grace", "GIT_COMMITTER_EMAIL": "grace@contoso.example",
  ]

  /// Applies, and gives the commit; nil when nothing was written.
  @discardableResult
  func apply(_ request: PlanRequest) async throws -> String? {
    try await apply(request) { _ in }
  }

  @discardableResult
  func apply(
    _ request: PlanRequest, approve: @Sendable (Workspace.PlannedRun) throws -> Void
  ) async throws -> String? {
    let delivery = try await Workspace(request).apply(
      identity: Self.environment, version: "1.2.3", approve: approve)
    guard case .committed(let id, _) = delivery.applied else { return nil }
    return id
  }

  @discardableResult
  func apply(at now: String = "2026-06-01T07:00:00Z") async throws -> String? {
    try await apply(try request(at: now))
  }

  /// The message of what fails.
  func failure(_ body: () async throws -> Void) async -> String? {
    do {
      try await body()
      return nil
    } catch {
      return "\(error)"
    }
  }
}
