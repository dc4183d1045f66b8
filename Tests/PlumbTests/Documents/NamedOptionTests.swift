import Foundation
import TestSupport
import Testing

/// Every command and option that the README and the handbook name is one of the program's.
@Suite("Commands and options in the documents")
struct NamedOptionTests {
  /// A command line in a document, with the place it stands at.
  struct Line: CustomTestStringConvertible {
    let page: String
    let words: [String]
    var testDescription: String { "\(page): \(words.joined(separator: " "))" }
  }

  private static let options = /--[a-z][a-z-]*/

  /// What stands in code: lines of blocks, and what is between backquotes elsewhere.
  private static func code(in text: String) -> [String] {
    var isBlock = false
    var found: [String] = []
    // A line of a block that ends with a backslash goes on in the next one.
    let joined = text.replacing(/\\\n\s*/, with: " ")
    var prose = ""
    for line in joined.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isBlock.toggle()
      } else if isBlock {
        found.append(String(line))
      } else {
        prose += line + "\n"
      }
    }
    // Between backquotes, a line may end like a word.
    return found
      + prose.matches(of: /`([^`]+)`/).map { String($0.1).replacing("\n", with: " ") }
  }

  /// The command line of plumb in a piece of code, after a prompt or a pipe and up to a comment or the next pipe.
  private static func command(in code: String) -> [String]? {
    guard
      let start = code.firstMatch(of: /(?:^|\$ |\| )\s*(plumb(?: .*)?)$/)?.1
    else { return nil }
    let line = start.split(separator: #/ #|\|| > /#, maxSplits: 1).first ?? ""
    return line.split(separator: " ").dropFirst().map(String.init)
  }

  private static func pages() throws -> [(name: String, text: String)] {
    let root = ExampleFile.repository
    let folder = root.appending(path: "Sources/plumb/Documentation.docc")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".md")
    }
    return try
      ([root.appending(path: "README.md")] + names.sorted().map { folder.appending(path: $0) })
      .map { ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8)) }
  }

  /// The program's help of each command, by its words: `instances on`; the root's by none.
  private static func helps() throws -> [String: String] {
    let scratch = try Scratch()
    try scratch.makeFolder("empty")
    var helps: [String: String] = [:]
    var waiting: [[String]] = [[]]
    while let command = waiting.popLast() {
      let run = try scratch.plumb(["help"] + command, in: "empty")
      try #require(run.status == 0, "\(run.error)")
      helps[command.joined(separator: " ")] = run.output
      guard let list = run.output.range(of: "SUBCOMMANDS:") else { continue }
      waiting += run.output[list.upperBound...].matches(
        of: /\n  ([a-z-]+) (?:\(default\))?/
      ).map { command + [String($0.1)] }
    }
    return helps
  }

  /// The help that tells of a command line's options, with that of a default subcommand.
  private static func help(
    for words: [String], in helps: [String: String]
  ) -> String? {
    guard let first = words.first, let help = helps[first] else { return nil }
    if words.count > 1, let of = helps["\(first) \(words[1])"] { return of }
    guard let standard = help.firstMatch(of: /\n  ([a-z-]+) \(default\)/)?.1 else { return help }
    return help + (helps["\(first) \(standard)"] ?? "")
  }

  @Test("are in the program's help")
  func named() throws {
    let helps = try Self.helps()
    #expect(helps.count > 25)
    let every = Set(
      helps.values.flatMap { $0.matches(of: Self.options).map { String($0.0) } })
    var seen = 0
    for (page, text) in try Self.pages() {
      for code in Self.code(in: text) {
        if let words = Self.command(in: code), let first = words.first {
          // The parser's own, and words that stand for any command.
          if first == "--generate-completion-script" || first.contains(/^[A-Z…]/) { continue }
          if first == "help" {
            let asked = words.dropFirst().filter { !$0.contains(/^[A-Z]/) }.joined(separator: " ")
            #expect(helps[asked] != nil, "\(page): \(code)")
            continue
          }
          // `plumb/reports` is a branch, `plumb.md` a page: neither is a command line.
          let help = try #require(Self.help(for: words, in: helps), "\(page): \(code)")
          for option in code.matches(of: Self.options).map({ String($0.0) })
          where words.contains(where: { $0.hasPrefix(option) }) {
            seen += 1
            #expect(help.contains(option), "\(page): no option \(option): \(code)")
          }
        } else if code.hasPrefix("--") {
          for option in code.matches(of: Self.options).map({ String($0.0) }) {
            seen += 1
            #expect(every.contains(option), "\(page): no command has \(option): \(code)")
          }
        }
      }
    }
    #expect(seen > 150)
  }
}
