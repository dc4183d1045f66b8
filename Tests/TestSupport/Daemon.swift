private import Foundation

/// A program that works beside the test until the value is gone.
///
/// Not a `Process`, for the reason that ``spawned(_:_:environment:channels:)`` gives.
package final class Daemon {
  /// What it wrote first.
  package let firstLine: String
  private let identifier: pid_t
  private let reader: FileHandle

  /// - Parameter output: Whose first line says that it is ready: standard output (1) or error (2).
  package init(
    _ program: String, _ arguments: [String], output: Int32 = 1, environment: [String: String]
  ) throws {
    let pipe = Pipe()
    let pid = try spawned(program, arguments, environment: environment) { actions in
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
      posix_spawn_file_actions_adddup2(
        &actions, pipe.fileHandleForWriting.fileDescriptor, output)
    }
    try pipe.fileHandleForWriting.close()
    identifier = pid
    reader = pipe.fileHandleForReading
    firstLine = String(
      decoding: reader.availableData.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

  deinit { stop() }

  /// Ends it at once.
  package func stop() {
    guard kill(identifier, 0) == 0 else { return }
    kill(identifier, SIGKILL)
    waitpid(identifier, nil, 0)
  }
}
