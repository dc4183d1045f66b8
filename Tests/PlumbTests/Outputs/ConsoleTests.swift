import TestSupport
import Testing

/// What reaches the terminal, and what cannot be written.
@Suite("Console")
struct ConsoleTests {
  @Test("a result that cannot be written is an error", arguments: [["plan"], ["catalog", "list"]])
  func fullDevice(arguments: [String]) throws {
    let bench = try ReviewBench()
    let program = try #require(Program.path)
    let run = try Run(
      "/bin/sh", ["-c", "exec \"$0\" \"$@\" > /dev/full", program] + arguments, in: bench.path,
      environment: Scratch.environment)
    #expect(run.status == 1)
    #expect(
      run.error.contains(
        "error: the result cannot be written to standard output: No space left on device\n"),
      "\(run.error)")
  }

  @Test("a reader that goes away is none")
  func brokenPipe() throws {
    let bench = try ReviewBench()
    let program = try #require(Program.path)
    let run = try Run(
      "/bin/sh", ["-c", "{ \"$0\" catalog list; echo \"$?\" >&2; } | true", program],
      in: bench.path, environment: Scratch.environment)
    #expect(run.error == "0\n")
  }

  @Test(
    "names of files reach neither the terminal nor a runner as commands",
    arguments: [
      "red\u{1B}[31m.yaml", "two\nlines.yaml", "::add-mask::x.yaml", "\u{202E}lmay.yaml",
      "##[error]x.yaml", "\u{9B}2J.yaml",
    ])
  func fileNames(name: String) throws {
    let bench = try ReviewBench()
    try bench.write("kind: [", to: "desired-state/\(name)")
    for path in ["desired-state", "./desired-state"] {
      let run = try bench.plumb("validate", "--working-tree", "--path", path)
      #expect(run.status == 1)
      let text = run.output + run.error
      #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}") && !text.contains("\u{9B}"))
      #expect(!text.contains("##["))
      for line in text.split(separator: "\n") {
        #expect(!line.drop(while: \.isWhitespace).hasPrefix("::"), "\(line)")
      }
    }
  }
}
