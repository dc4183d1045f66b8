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
    // What is piped into this process is not the command's.
    guard let pipe = popen("exec </dev/null; \(command)", "re") else {
      throw Failure("--credentials-command: /bin/sh cannot be run")
    }
    let bytes = Result { () throws(PrivateFile.Refusal) in
      try PrivateFile.drained(fileno(pipe))
    }
    // A command that prints on learns that nobody reads.
    let status = pclose(pipe)
    guard case .success(let bytes) = bytes else {
      throw Failure("--credentials-command: it prints more than 1 MiB")
    }
    guard status == 0 else {
      let end =
        status & 0x7F == 0 ? "code \(status >> 8 & 0xFF)" : "signal \(status & 0x7F)"
      throw Failure(
        "--credentials-command: it ended with \(end), and no credentials are taken from it")
    }
    printed.withLock { $0[command] = bytes }
    return bytes
  }
}
