internal import ArgumentParser
private import Foundation
internal import Git
internal import Reconciler

/// Whether and where reports are pushed.
struct PushOptions: ParsableArguments {
  @Flag(help: "Push the reports branch to the remote, never by force.")
  var push = false

  @Option(
    help: ArgumentHelp(
      "The remote to push to: the name of a configured one, a URL or a path (default: origin, or where --repo fetched from).",
      valueName: "remote"))
  var remote: String?

  @Option(
    help: ArgumentHelp(
      "The remote's branch that a desired state must be on to be recorded with --push (default: the one that its HEAD names).",
      valueName: "name"))
  var branch: String?

  @Flag(help: "Record with --push whatever is checked out, on a shared branch or not.")
  var anyBranch = false

  /// Refuses what does not go together.
  func check(_ repository: RepositoryOptions) throws {
    guard push || remote == nil else {
      throw ValidationError("--remote says where --push goes: add --push.")
    }
    guard push || (branch == nil && !anyBranch) else {
      throw ValidationError("--branch and --any-branch say what --push may record: add --push.")
    }
    guard branch == nil || !anyBranch else {
      throw ValidationError("--branch and --any-branch exclude one another.")
    }
    guard RepositoryOptions.isRemote(repository.repo) else { return }
    guard push else { throw ValidationError("A report on a remote is recorded with --push.") }
    guard remote == nil else {
      throw ValidationError("A report on a remote goes back to it: leave out --remote.")
    }
  }

  /// The remote that the report goes to; nil where it stays here.
  ///
  /// - Parameter copy: The copy that the desired state was read from, when it is the remote's own.
  func remote(in repository: String, copy: RemoteCopy?) throws -> ReportsRemote? {
    guard push else { return nil }
    var result = try ReportsRemote(
      remote ?? "origin", in: Repository.open(path: repository), copy: copy,
      environment: ProcessInfo.processInfo.environment)
    result.trunk = anyBranch ? .any : branch.map { .named($0) } ?? .head
    return result
  }
}
