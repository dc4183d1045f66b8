/// What proves to a remote who we are.
///
/// Never printed: every description of a credential shows its kind and nothing of its secret.
public enum RemoteCredential: Sendable {
  /// A name and a password or token, for HTTPS. Hosts that ask for a token only take any name.
  case password(username: String, password: String)
  /// A private key in a file, for SSH.
  case sshKey(username: String, privateKeyFile: String, passphrase: String? = nil)
  /// The keys that the SSH agent of `SSH_AUTH_SOCK` holds.
  case sshAgent(username: String)
}

extension RemoteCredential: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// The kind of credential, without the secret.
  public var description: String {
    switch self {
    case .password: "password credential"
    case .sshKey: "SSH key credential"
    case .sshAgent: "SSH agent credential"
    }
  }

  /// The same as `description`.
  public var debugDescription: String { description }

  /// Shows nothing, so that `dump` does not print the secret.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// A remote's request for a credential.
public struct CredentialRequest: Hashable, Sendable {
  /// The host that asks: the one of the URL that the caller gave, always.
  public let host: String
  /// The port in the URL, if there is one.
  public let port: Int?
  /// The scheme of the URL: `https`, `http`, `ssh`.
  public let scheme: String
  /// The user name in the URL, if there is one.
  public let username: String?
  /// Whether the remote takes a name and a password.
  public let acceptsPassword: Bool
  /// Whether the remote takes an SSH key, from a file or an agent.
  public let acceptsKey: Bool
}

/// How to talk to a remote.
public struct RemoteOptions {
  /// Asked when the remote wants to know who we are; nil means nobody. Asked once per connection: a
  /// credential that is refused is not offered again.
  public var credential: ((CredentialRequest) -> RemoteCredential?)?

  /// How long a server may say nothing before the connection is given up.
  public var patience: Duration = .seconds(300)

  /// Describes how to talk to a remote; without a credential, anonymously.
  public init(credential: ((CredentialRequest) -> RemoteCredential?)? = nil) {
    self.credential = credential
  }
}
