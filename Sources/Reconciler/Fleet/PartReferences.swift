private import Foundation
internal import Git
internal import Posture

/// Parts as commits below `refs/plumb/parts/` of a remote: where machines share nothing but git.
///
/// A clone does not see them. Those of one shard are a line of commits that is never forced: of two runs at once the
/// second builds on the first.
package struct PartReferences: PartStore {
  private let remote: String
  private let repository: String
  private let access: RemoteAccess
  private let fleet: String
  private let at: Instant

  /// - Parameter remote: A configured remote's name, a URL or a path.
  package init(
    _ remote: String, repository: String, fleet: Fleet, environment: [String: String]
  ) throws {
    self.remote = remote
    self.repository = repository
    access = try RemoteAccess(environment: environment)
    self.fleet = String(fleet.digest.prefix(16))
    at = fleet.at
  }

  package var name: String { "git:\(GitError.withoutUserInformation(remote))" }

  private var prefix: String { "refs/plumb/parts/\(fleet)/" }
  private var holds: String { "refs/plumb/holds/\(fleet)/" }

  /// The largest part that is read.
  private static let limit = 1 << 30
  private static let attempts = 10

  package func files(of index: Int?) throws -> [Part.File] {
    let repository = try fetched(index)
    let references = try repository.references(under: prefix).filter {
      index == nil || $0.name == "\(prefix)\(index ?? 0)"
    }
    return try references.flatMap { reference in
      try repository.files(under: "", at: reference.target).compactMap { entry in
        guard Part.File.index(in: entry.path) != nil,
          let bytes = try repository.contents(
            of: entry.path, at: reference.target, limit: Self.limit)
        else { return nil }
        return Part.File(name: entry.path, bytes: bytes)
      }
    }
  }

  package func hold(_ index: Int, where isNeeded: () throws -> Bool) throws -> (any ShardHold)? {
    guard try isNeeded() else { return nil }
    return try ReferenceHold(
      ShardClaims(
        remote, repository: repository, access: access, reference: "\(holds)\(index)", shard: index)
    )
  }

  package func put(_ file: Part.File, replacing old: Set<String>) throws {
    guard let index = file.index else { return }
    let reference = "\(prefix)\(index)"
    for _ in 0..<Self.attempts {
      let repository = try fetched(index)
      let tip = try repository.target(of: reference)
      let signature = Signature(
        name: Workspace.fallbackIdentity.name, email: Workspace.fallbackIdentity.email,
        time: Int64(at.secondsSince1970))
      let written = try repository.writeCommit(
        CommitDraft(
          parents: tip.map { [$0] } ?? [],
          changes: old.subtracting([file.name]).sorted().map { .delete(path: $0) }
            + [.put(path: file.name, contents: file.bytes)],
          author: signature, committer: signature, message: "A part of fleet \(fleet)"))
      guard
        try repository.updateReference(reference, from: tip, to: written.id, message: "plumb: part")
          == .moved
      else { continue }
      let result = try reaching { () throws(GitError) in
        try repository.push(reference, to: remote, options: access.options)
      }
      switch result {
      case .pushed: return
      case .notFastForward: continue
      case .refused(let reason):
        throw FleetError(.tryAgain, "\(name) refuses \(reference): \(reason)")
      }
    }
    throw FleetError(.tryAgain, "others kept writing to \(reference) of \(name)")
  }

  package func clear() throws {
    let repository = try Repository.open(path: repository)
    _ = try reaching { () throws(GitError) in
      try repository.fetch(
        from: remote, refspecs: ["+\(holds)*:\(holds)*"], prune: true, options: access.options)
    }
    let names = try [prefix, holds].flatMap { try repository.references(under: $0).map(\.name) }
    guard !names.isEmpty else { return }
    try reaching { () throws(GitError) in
      try repository.deleteReferences(names, of: remote, options: access.options)
    }
    for name in names { try repository.deleteReference(name) }
  }

  /// The repository with what the remote has now.
  private func fetched(_ index: Int?) throws -> Repository {
    let repository = try Repository.open(path: repository)
    let names = "\(prefix)\(index.map(String.init) ?? "*")"
    _ = try reaching { () throws(GitError) in
      try repository.fetch(
        from: remote, refspecs: ["+\(names):\(names)"], prune: true, options: access.options)
    }
    return repository
  }

  /// A remote that cannot be reached may be reached later.
  private func reaching<Result>(_ body: () throws(GitError) -> Result) throws -> Result {
    do throws(GitError) {
      return try body()
    } catch {
      let advice = RemoteAdvice(error, remote: GitError.withoutUserInformation(remote)).text
      throw FleetError(error.code == .network ? .tryAgain : .configuration, advice)
    }
  }
}
