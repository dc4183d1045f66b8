#if Service
private import Foundation
internal import Observation
internal import Service

extension HookSecret {
  /// The hooks' secret as the operator gives it, masked from then on; nil where none is given.
  ///
  /// - Parameter file: In place of the environment's.
  /// - Throws: ``Failure`` for a file that cannot be read, or not by its owner alone, and for a secret that can be guessed.
  static func given(file: String? = nil) throws -> HookSecret? {
    var text = ProcessInfo.processInfo.environment[variable]
    if let file {
      do throws(PrivateFile.Refusal) {
        text = String(
          decoding: try PrivateFile.contents(file, acceptsPipe: true), as: UTF8.self)
      } catch {
        throw Failure(
          error == .readableByOthers
            ? "\(file) may be read by others; 'chmod 600 \(file)' keeps the secret to you"
            : "\(file) cannot be read")
      }
    }
    guard let text, !text.isEmpty else { return nil }
    guard let secret = HookSecret(text) else {
      throw Failure(
        "\(file ?? variable) has a secret of fewer than \(shortest) bytes, which could be guessed; 'openssl rand -hex 32' makes one"
      )
    }
    SecretGate.process.add([text.trimmingCharacters(in: .whitespacesAndNewlines)])
    return secret
  }
}
#endif
