private import Foundation

/// A program that is talked to while it runs.
package final class Dialogue {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let error = Pipe()
  /// What it has said to standard error so far.
  private var said = ""

  package init(
    _ program: String, _ arguments: [String], in directory: String, environment: [String: String]
  ) throws {
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: directory)
    process.environment = environment
    process.standardInput = input
    process.standardOutput = output
    process.standardError = error
    try process.run()
    try input.fileHandleForReading.close()
  }

  /// Reads standard error until it has what is looked for; all of it where it never comes.
  package func hear(_ pattern: Regex<(Substring, Substring)>) -> String? {
    while true {
      if let match = said.firstMatch(of: pattern) { return String(match.1) }
      let data = error.fileHandleForReading.availableData
      if data.isEmpty { return nil }
      said += String(decoding: data, as: UTF8.self)
    }
  }

  package func say(_ line: String) throws {
    try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
  }

  package var isRunning: Bool { process.isRunning }

  /// Ends it at once, as `kill -9` does.
  package func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

  /// Says nothing more, and waits for the end.
  package func finish() throws -> (status: Int32, output: String, error: String) {
    try? input.fileHandleForWriting.close()
    said += String(decoding: error.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let text = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text, said)
  }
}
