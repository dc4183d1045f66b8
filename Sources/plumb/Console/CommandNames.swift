internal import ArgumentParser
internal import Text

/// The first word of a command line: the parser has no suggestion for one that is no command.
enum CommandNames {
  /// Those that the package's trait `Service` brings.
  private static let ofService = ["controller", "serve"]

  /// What is wrong with it, and what was probably meant; nil for a command, and for none.
  ///
  /// - Parameter known: The commands of this build.
  static func fault(
    in arguments: [String],
    known: [String] = Plumb.configuration.subcommands.map { $0._commandName }
  ) -> String? {
    let words = arguments.first == "help" ? arguments.dropFirst() : arguments[...]
    guard let word = words.first, !word.hasPrefix("-"), word != "help", !known.contains(word)
    else { return nil }
    if ofService.contains(word) {
      return
        "this build has no '\(word)': releases have it, and so has what 'swift build --traits Service' makes"
    }
    let advice = word == "version" ? "'plumb --version' tells it" : "'plumb --help' lists them"
    return "there is no command '\(word)'"
      + Suggestion.hint(for: word, among: known, otherwise: advice)
  }
}
