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
  /// - Parameters:
  ///   - environment: The whole of it; nothing is inherited.
  ///   - input: What it reads; nothing by default.
  package init(
    _ program: String, _ arguments: [String], in folder: String,
    environment: [String: String] = [:], input: String? = nil
  ) throws {
    self = try Started(program, arguments, in: folder, environment: environment, input: input)
      .finish()
  }

  fileprivate init(_ ending: Child.Ending, output: String, error: String) {
    status = ending.status
    wasKilled = ending.wasKilled
    self.output = output
    self.error = error
  }

  /// A program at work.
  ///
  /// Its channels are files: no pipe can fill while somebody else is waited for.
  package final class Started {
    private let child: Child
    private let folder: URL

    package init(
      _ program: String, _ arguments: [String], in directory: String,
      environment: [String: String] = [:], input: String? = nil
    ) throws {
      let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("plumb-run-\(UUID().uuidString)")
      self.folder = folder
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      func file(_ name: String, _ text: String) throws -> URL {
        let url = folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: url)
        return url
      }
      let reader = try input.map { try FileHandle(forReadingFrom: file("input", $0)) }
      let writers = try ["output", "error"].map { try FileHandle(forWritingTo: file($0, "")) }
      child = try Child(
        program, arguments, in: directory, environment: environment,
        channels: (reader?.fileDescriptor, writers[0].fileDescriptor, writers[1].fileDescriptor))
      for handle in writers + (reader.map { [$0] } ?? []) { try handle.close() }
    }

    /// Ends it at once, as `kill -9` does.
    package func kill() { child.signal(SIGKILL) }

    package func finish() throws -> Run {
      let ending = child.finish()
      defer { try? FileManager.default.removeItem(at: folder) }
      func text(_ name: String) throws -> String {
        String(
          decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
      }
      return Run(ending, output: try text("output"), error: try text("error"))
    }
  }
}
