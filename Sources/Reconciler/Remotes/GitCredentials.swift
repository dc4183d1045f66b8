private import Foundation
package import Git
internal import Observation
internal import Text

/// What proves to git's remotes who we are: from the environment and from nowhere else.
///
/// | variable | |
/// |---|---|
/// | `PLUMB_GIT_TOKEN` | a token, for HTTPS; sent to the host of the remote and no other |
/// | `PLUMB_GIT_USERNAME` | the name that goes with it, where the host asks for a certain one |
/// | `PLUMB_GIT_CREDENTIALS` | a file as `git credential-store` keeps it, for its owner alone |
/// | `PLUMB_GIT_SSH_KEY` | a private key in a file; without it, the agent's keys |
/// | `PLUMB_GIT_SSH_PASSPHRASE` | the key's, if it has one |
package struct GitCredentials: Sendable {
  private let environment: [String: String]
  private let entries: [Entry]

  /// One line of a credential file.
  private struct Entry {
    let address: RemoteAddress
    let username: String
    let password: String
  }

  /// Hosts that look at the token alone take any name.
  private static let anyName = "x-access-token"

  /// - Parameter environment: The process's own.
  /// - Throws: ``ReconcileError`` when a file that it names cannot be used; no message quotes it.
  package init(environment: [String: String]) throws {
    self.environment = environment.filter { !$0.value.isEmpty }
    if let path = self.environment["PLUMB_GIT_CREDENTIALS"] {
      entries = try Self.entries(of: PrivateFile.text(path))
    } else {
      entries = []
    }
    var secrets = entries.map { ("a password in PLUMB_GIT_CREDENTIALS", $0.password) }
    for name in ["PLUMB_GIT_TOKEN", "PLUMB_GIT_SSH_PASSPHRASE"] {
      if let value = self.environment[name] { secrets.append((name, value)) }
    }
    for (name, secret) in secrets where secret.utf8.count < SecretGate.shortest {
      throw ReconcileError.refused(
        "\(name) has fewer than \(SecretGate.shortest) characters: so short a secret cannot be masked where a server repeats it, and is not used; create a longer one"
      )
    }
    SecretGate.process.add(secrets.map(\.1), .standing(in: "git"))
    if let path = self.environment["PLUMB_GIT_SSH_KEY"] { _ = try PrivateFile.text(path) }
  }

  /// Options for a remote that answer its requests with these credentials.
  package var options: RemoteOptions { RemoteOptions { answer($0) } }

  /// The credential for a request; nil when there is none.
  package func answer(_ request: CredentialRequest) -> RemoteCredential? {
    if request.acceptsKey {
      let username = request.username ?? "git"
      if let file = environment["PLUMB_GIT_SSH_KEY"] {
        return .sshKey(
          username: username, privateKeyFile: file,
          passphrase: environment["PLUMB_GIT_SSH_PASSPHRASE"])
      }
      return environment["SSH_AUTH_SOCK"] == nil ? nil : .sshAgent(username: username)
    }
    // Not over SSH: a token is no password of a machine's user.
    guard request.acceptsPassword, ["https", "http"].contains(request.scheme) else { return nil }
    if let token = environment["PLUMB_GIT_TOKEN"] {
      let username = environment["PLUMB_GIT_USERNAME"] ?? request.username ?? Self.anyName
      return .password(username: username, password: token)
    }
    return entries.first { entry in
      entry.address.scheme == request.scheme && entry.address.host == request.host
        && entry.address.port == request.port
        && (request.username == nil || request.username == entry.username)
    }.map { .password(username: $0.username, password: $0.password) }
  }

  /// `https://user:token@host`, a line each; a path in it is not looked at. Others are left out, as
  /// git does.
  private static func entries(of text: String) -> [Entry] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      guard let mark = line.firstRange(of: "://") else { return nil }
      let authority = line[mark.upperBound...].prefix { $0 != "/" }
      guard let at = authority.lastIndex(of: "@") else { return nil }
      let user = authority[..<at].split(separator: ":", maxSplits: 1).map {
        PercentEncoding.decoded($0)
      }
      guard user.count == 2 else { return nil }
      return Entry(address: RemoteAddress(String(line)), username: user[0], password: user[1])
    }
  }
}

extension PrivateFile {
  /// The content as text.
  ///
  /// - Throws: ``ReconcileError`` when others may read it, or when it cannot be read.
  fileprivate static func text(_ path: String) throws -> String {
    do throws(Refusal) {
      return String(decoding: try contents(path), as: UTF8.self)
    } catch {
      let reason =
        switch error {
        case .unreachable(let reason): reason
        case .notRegular: "it is no regular file"
        case .readableByOthers:
          "others may read it; 'chmod 600 \(path)' keeps the secrets in it to you"
        case .unreadable: "it cannot be read"
        }
      throw ReconcileError.unreadable(path: path, reason: reason)
    }
  }
}
