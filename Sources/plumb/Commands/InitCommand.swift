internal import ArgumentParser
internal import Reconciler

/// `plumb init`
struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write the first desired state; files that are there already are left alone.",
    discussion: """
      Examples:

      plumb init
      plumb init --app okta --app github
      """)

  @Option(help: ArgumentHelp("The repository, or a folder to make one in.", valueName: "folder"))
  var repo = "."

  @Option(
    help: ArgumentHelp(
      "The folder of desired state, relative to the repository's root.", valueName: "folder"))
  var path = "desired-state"

  @Option(
    help: ArgumentHelp(
      "Write an example instance of this app, switched off; repeatable.", valueName: "app"))
  var app: [String] = []

  func validate() throws { try RepositoryOptions.refuseRemote(repo) }

  func run() async throws {
    let files = try Starter.write(repository: repo, path: path, apps: app)
    if files.isEmpty {
      Console.print("Nothing to write: the desired state is there already.")
      return
    }
    for file in files { Console.print("wrote \(file)") }
    Console.note(
      """

      Next: 'plumb connect APP' declares an instance and says how its credentials are made; then commit, and run
      'plumb plan'. 'plumb catalog list connectors' lists the apps.
      """)
    if path != "desired-state" { Console.note("Each command needs '--path \(path)'.") }
  }
}
