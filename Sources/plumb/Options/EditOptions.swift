internal import ArgumentParser

/// The working tree whose desired state is edited.
struct EditOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The repository, or a folder in it.", valueName: "folder"))
  var repo = "."

  @Option(
    help: ArgumentHelp(
      "The folder of desired state, relative to the repository's root.", valueName: "folder"))
  var path = "desired-state"

  func validate() throws { try RepositoryOptions.refuseRemote(repo) }
}
