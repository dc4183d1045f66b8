private import Foundation
internal import Git
internal import JSON
internal import Posture

/// The claims on one shard as commits of a remote's reference, the newest last.
struct ShardClaims: Sendable {
  let remote: String
  let repository: String
  let access: RemoteAccess
  /// The reference there: `refs/plumb/holds/<fleet>/<index>`.
  let reference: String
  let shard: Int
  /// Tells this process from every other; no name of a machine.
  private let holder = UUID().uuidString.lowercased()

  init(
    _ remote: String, repository: String, access: RemoteAccess, reference: String, shard: Int
  ) {
    self.remote = remote
    self.repository = repository
    self.access = access
    self.reference = reference
    self.shard = shard
  }

  private static let file = "hold.json"
  private static let attempts = 10

  /// A claim that was made, or why it was not.
  enum Following {
    case taken(ObjectID)
    /// Somebody else's claim stands there.
    case lost
    /// The remote does not take it, for what it says: a hook, a race.
    case refused(String)
    case unreachable(GitError)
  }

  /// The remote as messages name it.
  var label: String { "git:\(GitError.withoutUserInformation(remote))" }

  /// Takes the shard where nobody has it.
  ///
  /// - Returns: The claim, and what is to be told of the one that it takes the place of.
  func take(until: Instant) throws -> (commit: ObjectID, warning: String?) {
    var refusal: String?
    for _ in 0..<Self.attempts {
      let repository = try Repository.open(path: repository)
      let tip = try newest(in: repository)
      var warning: String?
      if let tip, let end = try end(of: tip, in: repository) {
        guard end <= .clock else {
          throw FleetError(
            .tryAgain,
            "another process is running shard \(shard), and holds it until \(end) unless it ends earlier"
          )
        }
        warning =
          "shard \(shard) was held by a process that has not renewed its hold since \(end): it is taken over"
      }
      switch add(after: tip, until: until, in: repository) {
      case .taken(let commit): return (commit, warning)
      case .lost: continue
      case .refused(let reason): refusal = reason
      case .unreachable(let error): throw fault(error)
      }
    }
    throw FleetError(
      .tryAgain,
      refusal.map { "\(label) refuses \(reference): \($0)" }
        ?? "others kept taking shard \(shard) at \(label)")
  }

  /// Puts a claim of this process after its last one.
  ///
  /// - Parameter until: Nil gives the shard back.
  func follow(_ last: ObjectID, until: Instant?) -> Following {
    do throws(GitError) {
      return add(after: last, until: until, in: try Repository.open(path: repository))
    } catch {
      return .unreachable(error)
    }
  }

  /// The newest claim that the remote has.
  private func newest(in repository: Repository) throws -> ObjectID? {
    let seen = own("seen")
    do throws(GitError) {
      _ = try repository.fetch(
        from: remote, refspecs: ["+\(reference):\(seen)"], prune: true, options: access.options)
      let tip = try repository.target(of: seen)
      if tip != nil { try repository.deleteReference(seen) }
      return tip
    } catch {
      throw fault(error)
    }
  }

  /// Runs of one repository have references of their own here: none pushes what another one made.
  private func own(_ name: String) -> String { "refs/plumb/holding/\(holder)/\(name)" }

  /// When a claim ends; nil once the shard was given back.
  private func end(of commit: ObjectID, in repository: Repository) throws -> Instant? {
    guard let bytes = try repository.contents(of: Self.file, at: commit, limit: 1 << 16),
      let view = try? JSONView(parsing: bytes)
    else { return nil }
    return view["until"]?.string.flatMap(Instant.init)
  }

  private func add(
    after tip: ObjectID?, until: Instant?, in repository: Repository
  ) -> Following {
    do throws(GitError) {
      let members: [(String, JSONValue)] =
        [("holder", .string(holder))]
        + (until.map { [("until", JSONValue.string($0.description))] } ?? [])
      let signature = Signature(
        name: Workspace.fallbackIdentity.name, email: Workspace.fallbackIdentity.email,
        time: Int64(Instant.clock.secondsSince1970))
      let written = try repository.writeCommit(
        CommitDraft(
          parents: tip.map { [$0] } ?? [],
          changes: [.put(path: Self.file, contents: JSONValue.object(members).bytes())],
          author: signature, committer: signature, message: "A hold on shard \(shard)"))
      let made = own("made")
      let before = try repository.target(of: made)
      _ = try repository.updateReference(made, from: before, to: written.id, message: "plumb: hold")
      let result = try repository.push(made, as: reference, to: remote, options: access.options)
      try repository.deleteReference(made)
      switch result {
      case .pushed: return .taken(written.id)
      case .notFastForward: return .lost
      case .refused(let reason): return .refused(reason)
      }
    } catch {
      return .unreachable(error)
    }
  }

  private func fault(_ error: GitError) -> FleetError {
    let advice = RemoteAdvice(error, remote: GitError.withoutUserInformation(remote)).text
    return FleetError(error.code == .network ? .tryAgain : .configuration, advice)
  }
}
