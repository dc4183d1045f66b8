internal import ArgumentParser
internal import Git
internal import Posture
internal import Reconciler
internal import Reports

/// `plumb site`
struct SiteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "site",
    abstract: "Write what is recorded as pages that people look at: a folder of static files.",
    discussion: """
      The pages list weaknesses, and name people and accounts: publish them where only those can look who \
      may know. --max-affected 0 counts what is affected and names none of it. The pages ask search engines \
      to stay away, which keeps nobody out.

      They open from the folder, and from any web server; they ask the network for nothing. What is told is \
      the newest report on the reports branch, compared with the one before. Nothing is observed.

      Examples:

      plumb site public
      plumb site public --from ../emea --from https://git.example/amer.git
      """)

  @Argument(
    help: ArgumentHelp("The folder; it is made, or holds a site already.", valueName: "folder"))
  var folder: String

  @Option(
    help: ArgumentHelp(
      "Make a site of this repository, too, and one overview of all, the worst first; repeatable.",
      valueName: "folder|url"))
  var from: [String] = []

  @OptionGroup(title: "Desired state") var repository: RepositoryOptions
  @OptionGroup(title: "Filters") var filters: FilterOptions
  @OptionGroup(title: "Pages") var page: PageOptions
  @OptionGroup(title: "Output") var display: DisplayOptions

  func validate() throws {
    guard from.isEmpty || repository.namedRepo == nil else {
      throw ValidationError("--from names the repositories, so leave out --repo.")
    }
  }

  func run() async throws {
    let site = SiteFolder(folder)
    try site.check()
    guard from.isEmpty else { return try await rollUp(into: site) }
    let rendered = try await render(repository)
    try site.write(rendered.files)
    tell(rendered)
  }

  private func render(
    _ repository: RepositoryOptions, isFiltered: Bool = true
  ) async throws -> (story: Story, files: [(path: String, bytes: [UInt8])], maxAffected: Int) {
    let reader = try HistoryReader(try repository.location.withWholeCatalog)
    let story = try await reader.story(days: page.days)
    if isFiltered { try filters.check(against: story.comparison) }
    var options = HTMLReport.Options(
      version: Plumb.version, maxAffected: page.maxAffected,
      links: try PageSource.links(
        repository, revision: story.desired.revision, template: page.sourceURL))
    options.filter = filters.filter
    let rendered = HTMLReport.site(story, options: options)
    return (story, rendered.files, rendered.maxAffected)
  }

  private func tell(
    _ rendered: (story: Story, files: [(path: String, bytes: [UInt8])], maxAffected: Int)
  ) {
    guard !display.quiet else { return }
    let size = rendered.files.reduce(0) { $0 + $1.bytes.count }
    Console.note(
      "Wrote \(rendered.files.count) files, \((size + 99_999) / 100_000 * 100) kB; open \(folder)/index.html."
    )
    if rendered.maxAffected < page.maxAffected {
      Console.note(
        "They name \(rendered.maxAffected) affected resources of each result: with \(page.maxAffected) the site would be larger than \(HTMLReport.siteLimit / 1_000_000) MB."
      )
    }
  }

  // MARK: Several repositories

  private func rollUp(into site: SiteFolder) async throws {
    var entries: [HTMLReport.RollUpEntry] = []
    var files: [(path: String, bytes: [UInt8])] = []
    var ending = Ending()
    for (name, place) in SiteFolder.names(of: from) {
      do {
        let options = try RepositoryOptions.parse(
          ["--repo", place, "--path", repository.path, "--revision", repository.revision])
        let rendered = try await render(options, isFiltered: false)
        files += rendered.files.map { ("\(name)/\($0.path)", $0.bytes) }
        entries.append(.init(name: name, story: rendered.story))
      } catch {
        guard let text = (error as? Failure)?.text ?? Failure.text(of: error) else { throw error }
        entries.append(.init(name: name, story: nil))
        ending.fail("\(GitError.withoutUserInformation(place)): \(text)")
      }
    }
    files += HTMLReport.rollUp(entries, version: Plumb.version)
    try site.write(files)
    if !display.quiet {
      Console.note(
        "Wrote \(files.count) files of \(entries.count) repositories; open \(folder)/index.html.")
    }
    try ending.end()
  }
}
