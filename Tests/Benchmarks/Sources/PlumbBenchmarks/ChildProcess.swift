import Foundation

/// Runs a program and measures it.
enum ChildProcess {
  struct Measure {
    let seconds: Double
    /// Seconds of all cores together, user and system.
    let processor: Double
    /// The largest resident set, in bytes.
    let peakMemory: Int
    let status: Int32
  }

  /// `env` changes the folder and becomes the program: nothing of it is left in the measure.
  private static func enter(_ folder: String) -> [String] { ["env", "-C", folder] }

  /// What this process took itself, in seconds of all cores together.
  static var own: Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return processor(usage)
  }

  private static func processor(_ usage: rusage) -> Double {
    [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
  }

  /// - Parameters:
  ///   - input: A file for standard input.
  ///   - output: A file for standard output; discarded by default.
  static func run(
    _ arguments: [String], in folder: String, input: String = "/dev/null",
    output: String = "/dev/null"
  ) -> Measure {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var vector: [UnsafeMutablePointer<CChar>?] =
      (Self.enter(folder) + arguments)
      .map { strdup($0) } + [nil]
    defer { vector.forEach { free($0) } }
    let start = ContinuousClock.now
    var child = pid_t()
    guard posix_spawnp(&child, "env", &actions, nil, &vector, environ) == 0 else {
      return Measure(seconds: 0, processor: 0, peakMemory: 0, status: -1)
    }
    var status: Int32 = 0
    var usage = rusage()
    wait4(child, &status, 0, &usage)
    let elapsed = start.duration(to: .now)
    return Measure(
      seconds: Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18,
      processor: processor(usage), peakMemory: usage.ru_maxrss * 1_024, status: (status >> 8) & 0xFF
    )
  }
}
