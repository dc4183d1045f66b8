internal import Foundation

/// Starts a program by `posix_spawn`.
///
/// Not a `Process`: of those started meanwhile it would hold the channels that Foundation waits on, and
/// two such programs would keep two tests waiting for each other.
///
/// - Parameters:
///   - environment: The whole of it; nothing is inherited.
///   - channels: Says what the program's standard channels are; every other is closed.
/// - Returns: The process's identifier.
func spawned(
  _ program: String, _ arguments: [String], environment: [String: String],
  channels: (inout posix_spawn_file_actions_t) -> Void
) throws -> pid_t {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  channels(&actions)
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
  return pid
}
