private import Foundation
internal import Observation
private import Synchronization

/// A command that prints credentials, such as `sops -d credentials.yaml` or `op inject -i …`.
///
/// It is the operator's, as the command line is; the repository cannot name one.
enum CredentialCommand {
  /// What commands printed: a password manager asks for consent once.
  private static let printed = Mutex<[String: [UInt8]]>([:])

  /// What the command prints to standard output. It is run by `/bin/sh`, has this process's environment, and tells
  /// its faults itself: its standard error is this process's.
  ///
  /// - Throws: ``Failure`` when it cannot be run or ends with another code than 0; what it printed is not quoted.
  static func output(_ command: String) throws -> [UInt8] {
    if let known = printed.withLock({ $0[command] }) { return known }
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    do {
      try process.run()
    } catch {
      throw Failure("--credentials-command: /bin/sh cannot be run")
    }
    let bytes: [UInt8]
    do throws(PrivateFile.Refusal) {
      bytes = try PrivateFile.drained(pipe.fileHandleForReading.fileDescriptor)
    } catch {
      process.terminate()
      throw Failure("--credentials-command: it prints more than 1 MiB")
    }
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      throw Failure(
        "--credentials-command: it ended with code \(process.terminationStatus), and no credentials are taken from it"
      )
    }
    printed.withLock { $0[command] = bytes }
    return bytes
  }
}
