import Foundation
import TestSupport
import Testing

/// Every command and option that the README and the handbook name is one of the program's.
@Suite("Commands and options in the documents")
struct NamedOptionTests {
  private static var options: Regex<Substring> { /--[a-z][a-z-]*/ }

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

  /// What the program says of its commands, each asked once.
  private struct Helps {
    let scratch: Scratch
    private var known: [String: String] = [:]

    init() throws {
      scratch = try Scratch()
      try scratch.makeFolder("empty")
    }

    /// The help of a command by its words; nil when there is no such command.
    mutating func text(of words: some Sequence<String>) throws -> String? {
      let name = words.joined(separator: " ")
      if known[name] == nil {
        let run = try scratch.plumb(["help"] + Array(words), in: "empty")
        known[name] = run.output
      }
      // Of a word that is none, the parser shows what stands above it.
      return known[name].flatMap { $0.contains("USAGE: plumb \(name)") ? $0 : nil }
    }

    /// The help that tells of a command line's options; with that of a default subcommand.
    mutating func text(for line: [String]) throws -> String? {
      guard let first = line.first, var help = try text(of: [first]) else { return nil }
      if line.count > 1, line[1].wholeMatch(of: /[a-z]+/) != nil,
        let nested = try text(of: line.prefix(2))
      {
        return nested
      }
      if let standard = help.firstMatch(of: /\n  ([a-z-]+) \(default\)/)?.1 {
        help += try text(of: [first, String(standard)]) ?? ""
      }
      return help
    }
  }

  @Test("are in the program's help")
  func named() throws {
    var helps = try Helps()
    var seen: Set<String> = []
    /// Options that stand alone; some command must have each.
    var alone: [(page: String, option: String)] = []
    var everything = ""
    for (page, text) in try Self.pages() {
      for code in Self.code(in: text) {
        guard let words = Self.command(in: code), let first = words.first else {
          if code.hasPrefix("--") {
            alone += code.matches(of: Self.options).map { (page, String($0.0)) }
          }
          continue
        }
        // The parser's own, and words that stand for any command.
        if first.hasPrefix("--")
          || first.contains(/^[A-Z…]/)
        {
          continue
        }
        if first == "help" {
          let asked = words.dropFirst().filter { $0.wholeMatch(of: /[a-z]+/) != nil }
          #expect(try helps.text(of: asked) != nil, "\(page): \(code)")
          continue
        }
        let help = try #require(try helps.text(for: words), "\(page): no such command: \(code)")
        everything += help
        for word in words {
          guard let option = word.prefixMatch(of: Self.options).map({ String($0.0) }) else {
            continue
          }
          seen.insert("\(first) \(option)")
          #expect(help.contains("\(option) "), "\(page): no option \(option): \(code)")
        }
      }
    }
    #expect(seen.count > 40)
    #expect(alone.count > 50)
    for (page, option) in alone {
      #expect(everything.contains("\(option) "), "\(page): no command has \(option)")
    }
  }
}
