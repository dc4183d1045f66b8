private import Foundation

/// A program that works beside the test until the value is gone.
///
/// Not a `Process`: of those started meanwhile it would hold the channels that Foundation waits on, and
/// two such programs would keep two tests waiting for each other.
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
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(
      &actions, pipe.fileHandleForWriting.fileDescriptor, output)
    // Those that are not open do not matter.
    for descriptor in Int32(3)..<512 { posix_spawn_file_actions_addclose(&actions, descriptor) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var texts = ([program] + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in texts + variables { free(text) } }
    var pid: pid_t = 0
    let result = posix_spawn(&pid, program, &actions, &attributes, &texts, &variables)
    guard result == 0 else {
      throw Scratch.Failure(description: "\(program): \(String(cString: strerror(result)))")
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
