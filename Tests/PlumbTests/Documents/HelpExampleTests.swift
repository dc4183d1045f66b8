import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import plumb

/// Every command says how it is typed: the examples of its help are lines that it takes.
@Suite("Examples in help")
struct HelpExampleTests {
  private struct Command {
    let words: [String]
    let examples: [String]
    let isGroup: Bool
  }

  /// Every command and subcommand.
  private static func commands(
    _ command: any ParsableCommand.Type = Plumb.self, above: [String] = []
  ) -> [Command] {
    let words = above + [command._commandName]
    let configuration = command.configuration
    return [
      Command(
        words: words, examples: examples(in: configuration.discussion),
        isGroup: !configuration.subcommands.isEmpty)
    ] + configuration.subcommands.flatMap { commands($0, above: words) }
  }

  /// The lines beneath `Examples:`, each whole.
  private static func examples(in discussion: String) -> [String] {
    guard let start = discussion.range(of: "Examples:\n\n")?.upperBound else { return [] }
    return discussion[start...].replacing(/\\\n\s*/, with: "").split(separator: "\n")
      .map(String.init)
  }

  /// The words of a line as a shell takes them; those of the last command of a pipe.
  private static func words(of line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in line {
      if let open = quote {
        if character == open { quote = nil } else { word?.append(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character == " " {
        if let done = word { words.append(done) }
        word = nil
      } else if character == "|" {
        words = []
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    return words + [word].compactMap { $0 }
  }

  @Test("every command has an example or two, and each is one of its own that the parser takes")
  func parsed() throws {
    let commands = Self.commands()
    #expect(commands.count > 20)
    for command in commands {
      let name = command.words.joined(separator: " ")
      #expect((1...5).contains(command.examples.count), "\(name): \(command.examples.count)")
      for example in command.examples {
        let words = Self.words(of: example)
        #expect(words.first == "plumb", "\(example)")
        let parsed = try? Plumb.parseAsRoot(Array(words.dropFirst()))
        #expect(parsed != nil, "\(name): \(example)")
        guard let parsed, command.words.count > 1, !command.isGroup else { continue }
        let own = Self.configuration(at: command.words)
        #expect(type(of: parsed) == own, "\(name): \(example) is of \(type(of: parsed))")
      }
    }
  }

  private static func configuration(at words: [String]) -> any ParsableCommand.Type {
    words.dropFirst().reduce(Plumb.self) { command, word in
      command.configuration.subcommands.first { $0._commandName == word } ?? command
    }
  }

  @Test("what help prints has them as they are typed, one a line")
  func printed() throws {
    let scratch = try Scratch()
    try scratch.makeFolder("empty")
    for (arguments, line) in [
      (["plan", "--help"], "plumb plan --base origin/main --accept-less DIGEST"),
      (["show", "--help"], "plumb show --framework okta-stig"),
      (["help", "catalog", "show"], "plumb catalog show connector okta"),
      (["--help"], "plumb show --impact high --status toAddress"),
    ] {
      let run = try scratch.plumb(arguments, in: "empty")
      let lines = run.output.split(whereSeparator: \.isNewline).map {
        $0.trimmingPrefix { $0 == " " }
      }
      #expect(lines.contains { $0 == line }, "\(arguments): \(run.output)")
    }
  }
}
