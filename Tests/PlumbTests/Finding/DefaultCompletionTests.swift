import Foundation
import TestSupport
import Testing

/// In a shell, what a command does by default is completed without its name.
@Suite("Completion of a command that does something by default")
struct DefaultCompletionTests {
  /// What bash offers for a line that ends where the cursor is.
  private static func offered(_ line: String, script: String, in scratch: Scratch) throws
    -> Set<String>
  {
    let path = try #require(Program.path, "the program is not built")
    let program = """
      source "$1"
      COMP_LINE="$2" COMP_POINT=${#2}
      read -ra COMP_WORDS <<<"$2"
      COMP_WORDS[0]=$3
      [[ "$2" != *' ' ]] || COMP_WORDS+=('')
      COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
      COMPREPLY=()
      function=$(complete -p plumb | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
      "$function" plumb "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let run = try Run(
      "/usr/bin/env", ["bash", "-c", program, "bash", script, line, path], in: scratch.path,
      environment: Scratch.environment)
    #expect(run.error == "", "\(line)")
    return Set(run.output.split(whereSeparator: \.isWhitespace).map(String.init))
  }

  @Test("bash offers the options of what is done by default, and the subcommands")
  func bash() throws {
    let scratch = try Scratch()
    try scratch.makeFolder("repository")
    let script = scratch.path + "/plumb.bash"
    try scratch.write(
      try scratch.plumb("--generate-completion-script", "bash").output, to: "plumb.bash")
    func offered(_ line: String) throws -> Set<String> {
      try Self.offered(line, script: script, in: scratch)
    }
    let options: Set = ["--app", "--category", "--limit", "--framework"]
    #expect(try offered("plumb show --").isSuperset(of: options))
    #expect(try offered("plumb show --impact high --").isSuperset(of: options))
    #expect(try offered("plumb show --impact ").isSuperset(of: ["high", "medium", "low"]))
    let names: Set = ["recommendations", "exceptions", "okta-password-minimum-length"]
    #expect(try offered("plumb show ").isSuperset(of: names))
    #expect(try offered("plumb show recommendations --").isSuperset(of: options))
    #expect(try offered("plumb catalog --").isSuperset(of: ["--search", "--app"]))
    #expect(try offered("plumb instances --").contains("--label"))
    // A subcommand that is named has its own, and a command without a default is as it was.
    #expect(try !offered("plumb show exceptions --").contains("--limit"))
    #expect(try offered("plumb instances on --").isDisjoint(with: ["--label", "--at"]))
    #expect(try offered("plumb plan --").contains("--base"))
    #expect(try offered("plumb sh") == ["show"])
  }

  @Test("zsh and fish are told the same")
  func others() throws {
    let scratch = try Scratch()
    try scratch.makeFolder("repository")
    let zsh = try scratch.plumb("--generate-completion-script", "zsh").output
    let fish = try scratch.plumb("--generate-completion-script", "fish").output
    for (command, standard) in [
      ("show", "recommendations"), ("instances", "list"), ("catalog", "list"),
    ] {
      #expect(zsh.contains("\n        _plumb_\(command)_\(standard) && ret=0\n"))
      #expect(fish.contains("set unparsed_tokens $unparsed_tokens[1..2] '\(standard)' $rest"))
      #expect(fish.contains("-n '__plumb_follows \(command)' -fa '\(standard)'"))
    }
  }
}
