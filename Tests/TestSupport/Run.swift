private import Foundation

/// One run of a program: how it ended and what it wrote.
package struct Run: Sendable {
  /// The exit status, or the signal that ended it.
  package let status: Int32
  package let wasKilled: Bool
  package let output: String
  package let error: String

  /// Runs to the end.
  ///
  /// - Parameter environment: The whole of it; nothing is inherited.
  package init(
    _ program: String, _ arguments: [String], in folder: String, environment: [String: String] = [:]
  ) throws {
    self = try Started(program, arguments, in: folder, environment: environment).finish()
  }

  fileprivate init(status: Int32, wasKilled: Bool, output: String, error: String) {
    self.status = status
    self.wasKilled = wasKilled
    self.output = output
    self.error = error
  }

  /// A program at work.
  ///
  /// Its output goes to files: no pipe can fill while somebody else is waited for.
  package final class Started {
    private let process = Process()
    private let folder: URL
    private let files: [(URL, FileHandle)]

    package init(
      _ program: String, _ arguments: [String], in directory: String,
      environment: [String: String] = [:]
    ) throws {
      folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("plumb-run-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      files = try ["output", "error"].map { [folder] name in
        let url = folder.appendingPathComponent(name)
        try Data().write(to: url)
        return (url, try FileHandle(forWritingTo: url))
      }
      process.executableURL = URL(fileURLWithPath: program)
      process.arguments = arguments
      process.currentDirectoryURL = URL(fileURLWithPath: directory)
      process.environment = environment
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = files[0].1
      process.standardError = files[1].1
      try process.run()
    }

    /// Ends it at once, as `kill -9` does.
    package func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

    package var isRunning: Bool { process.isRunning }

    package func finish() throws -> Run {
      process.waitUntilExit()
      defer { try? FileManager.default.removeItem(at: folder) }
      let texts = try files.map { url, handle in
        try handle.close()
        return String(decoding: try Data(contentsOf: url), as: UTF8.self)
      }
      return Run(
        status: process.terminationStatus,
        wasKilled: process.terminationReason == .uncaughtSignal, output: texts[0], error: texts[1])
    }
  }
}
