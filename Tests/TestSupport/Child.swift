private import CSpawn
internal import Foundation
private import Synchronization

/// A program that was started: how it is told something, and how it ended.
///
/// Not Foundation's `Process`: where more than a thousand files are open, as while all tests run, it reads beyond the
/// list of them and ends the tests (swift-corelibs-foundation, pull request 5472); it hands one program's channels on to
/// another that starts meanwhile, so that two tests wait for each other; and its programs inherit the mask of signals of
/// the thread that started them.
final class Child: Sendable {
  /// How a program ended.
  struct Ending {
    /// The exit status, or the signal that ended it.
    let status: Int32
    let wasKilled: Bool
  }

  let identifier: pid_t
  /// Nil until it is known: the identifier may be another program's from then on.
  private let ending = Mutex<Ending?>(nil)

  /// - Parameters:
  ///   - environment: The whole of it; nothing is inherited.
  ///   - channels: Descriptors of its standard input, output and error; nil is `/dev/null`. Every other is closed.
  init(
    _ program: String, _ arguments: [String], in folder: String = "/",
    environment: [String: String], channels: (input: Int32?, output: Int32?, error: Int32?)
  ) throws {
    let texts = ([program] + arguments).map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in texts + variables { free(text) } }
    identifier = plumb_spawn(
      program, texts, variables, folder,
      [channels.input ?? -1, channels.output ?? -1, channels.error ?? -1])
    guard identifier > 0 else {
      throw Scratch.Failure(description: "\(program): \(String(cString: strerror(errno)))")
    }
  }

  var isRunning: Bool { ended == nil }

  /// Sends a signal, unless the program is known to have ended.
  func signal(_ number: Int32) {
    ending.withLock { if $0 == nil { kill(identifier, number) } }
  }

  /// Ends it at once, and waits for that.
  func stop() {
    signal(SIGKILL)
    finish()
  }

  /// Waits for its end.
  @discardableResult
  func finish() -> Ending {
    var information = siginfo_t()
    while true {
      // Outside of the lock: it may be told to end meanwhile.
      waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT)
      if let ending = ended { return ending }
    }
  }

  /// How it ended; nil while it runs.
  private var ended: Ending? {
    ending.withLock { ending in
      var status: Int32 = 0
      if ending == nil, waitpid(identifier, &status, WNOHANG) == identifier {
        let number = status & 0x7F
        ending = Ending(status: number == 0 ? status >> 8 & 0xFF : number, wasKilled: number != 0)
      }
      return ending
    }
  }
}

extension FileHandle {
  /// What can be read next, once there is something; empty at the end.
  ///
  /// `availableData` ends the process where a signal comes between.
  func next() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    var count = Foundation.read(fileDescriptor, &bytes, bytes.count)
    while count < 0, errno == EINTR { count = Foundation.read(fileDescriptor, &bytes, bytes.count) }
    return Array(bytes.prefix(max(count, 0)))
  }
}
