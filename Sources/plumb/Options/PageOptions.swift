internal import ArgumentParser
internal import Git
internal import Posture
internal import Reconciler
internal import Reports

/// What pages tell.
struct PageOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Name at the most so many affected resources of each result; 0 counts them and names none.",
      valueName: "number"))
  var maxAffected = 100

  @Option(help: ArgumentHelp("Tell of so many days up to the newest report.", valueName: "days"))
  var days = 14

  @Option(
    help: ArgumentHelp(
      "Where a line of the desired state is read on the web, such as https://git.example/{path}?at={revision}#{line} (default: made of the remote's address on GitHub, GitLab, Gitea, Forgejo).",
      valueName: "url"))
  var sourceURL: String?

  func validate() throws {
    guard (0...1_000).contains(maxAffected) else {
      throw ValidationError("--max-affected wants a number from 0 to 1000.")
    }
    guard (1...366).contains(days) else {
      throw ValidationError("--days wants a number from 1 to 366.")
    }
    if let sourceURL, !sourceURL.hasPrefix("https://") || !sourceURL.contains("{path}") {
      throw ValidationError("--source-url wants an https address with {path} in it.")
    }
  }
}

/// Where pages come from: the history beside a plan, and the links of a repository.
enum PageSource {
  /// A plan with the history of what is recorded, and with who declared its exceptions.
  static func story(
    of plan: Plan, _ repository: RepositoryOptions, days: Int = 14
  ) async throws -> (story: Story, links: SourceLinks) {
    var location = try repository.location.withWholeCatalog
    location.isNamed = true
    var story = Story(plan)
    story.addFrameworks(of: try DeclaredState(location))
    if plan.recordedRevision != nil {
      try await HistoryReader(location).add(to: &story, days: days)
    }
    return (story, try links(repository, revision: plan.desired.revision))
  }

  /// Links to what was read of a repository, where its remote is on the web.
  static func links(
    _ repository: RepositoryOptions, revision: String?, template: String? = nil
  ) throws -> SourceLinks {
    let remote =
      RepositoryOptions.isRemote(repository.repo)
      ? repository.repo
      : try Repository.open(path: repository.location.repository).remoteURL("origin")
    return SourceLinks(remote: remote, revision: revision, template: template)
  }
}
