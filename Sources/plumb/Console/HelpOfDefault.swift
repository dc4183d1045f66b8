internal import ArgumentParser

/// Help on a command that does something by default tells the options of what it does: they are what is typed
/// after its name.
enum HelpOfDefault {
  /// `show --help`, and `help show`, ask about `show recommendations`.
  static func arguments(_ arguments: [String]) -> [String] {
    guard arguments.count == 2 else { return arguments }
    let asksForHelp = ["--help", "-h", "-help"]
    if let name = defaultSubcommand(of: arguments[0]), asksForHelp.contains(arguments[1]) {
      return [arguments[0], name, arguments[1]]
    }
    if arguments[0] == "help", let name = defaultSubcommand(of: arguments[1]) {
      return arguments + [name]
    }
    return arguments
  }

  /// nil for a command that has none.
  private static func defaultSubcommand(of name: String) -> String? {
    let command = Plumb.configuration.subcommands.first { $0._commandName == name }
    return command?.configuration.defaultSubcommand?._commandName
  }
}
