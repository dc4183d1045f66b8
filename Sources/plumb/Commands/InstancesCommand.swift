internal import ArgumentParser
internal import Reconciler

/// `plumb instances`
struct InstancesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "instances",
    abstract: "List the instances, or switch their recommendations on and off.",
    subcommands: [On.self, Off.self])

  /// `plumb instances on NAME…`
  struct On: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Switch the recommendations of instances on, in the YAML of the working tree.")

    @Argument(help: "Names of instances.")
    var names: [String]
    @OptionGroup var repository: RepositoryOptions

    func run() async throws { try Switch(names, repository).run(to: true) }
  }

  /// `plumb instances off NAME…`
  struct Off: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Switch the recommendations of instances off, in the YAML of the working tree.")

    @Argument(help: "Names of instances.")
    var names: [String]
    @OptionGroup var repository: RepositoryOptions

    func run() async throws { try Switch(names, repository).run(to: false) }
  }

  private struct Switch {
    let names: [String]
    let repository: RepositoryOptions

    init(_ names: [String], _ repository: RepositoryOptions) {
      self.names = names
      self.repository = repository
    }

    func run(to state: Bool) throws {
      let edits = try InstanceSwitch.set(
        names, to: state, repository: repository.repo, path: repository.path)
      let word = state ? "on" : "off"
      for edit in edits {
        Console.print(
          edit.changed
            ? "\(edit.file): recommendations of \(edit.instance) \(word)"
            : "\(edit.file): recommendations of \(edit.instance) were \(word) already")
      }
      if edits.contains(where: \.changed) {
        Console.note("Commit the change, then run 'plumb plan'.")
      }
    }
  }
}
