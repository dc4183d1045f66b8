internal import ArgumentParser
internal import Text

/// The first word of a command line: the parser has no suggestion for one that is no command.
enum CommandNames {
  /// What is wrong with it, and what was probably meant; nil for a command, and for none.
  static func fault(in arguments: [String]) -> String? {
    let words = arguments.first == "help" ? arguments.dropFirst() : arguments[...]
    let known = Plumb.configuration.subcommands.map { $0._commandName }
    guard let word = words.first, !word.hasPrefix("-"), word != "help", !known.contains(word)
    else { return nil }
    let advice = word == "version" ? "'plumb --version' tells it" : "'plumb --help' lists them"
    return "there is no command '\(word)'"
      + Suggestion.hint(for: word, among: known, otherwise: advice)
  }
}
