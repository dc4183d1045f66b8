package import Git

/// What to do about a remote that could not be read or written: the reason, and the next step.
package struct RemoteAdvice {
  /// The error in words, and the next step after a semicolon where there is one.
  package let text: String

  /// - Parameter remote: A URL or a path, for what the advice depends on.
  package init(_ error: GitError, remote: String) {
    let address = RemoteAddress(remote)
    let advice: String? =
      switch error.code {
      case .authentication: Self.credential(for: address)
      case .certificate where address.scheme == "ssh":
        "if the host's key is the right one, add it: ssh-keyscan"
          + (address.port.map { " -p \($0)" } ?? "") + " \(address.host ?? "HOST")"
          + " >> ~/.ssh/known_hosts"
      case .certificate:
        "name the certificates of your authority, in PEM form, in GIT_SSL_CAINFO"
      case .repositoryNotFound where address.host != nil:
        "check the URL; many hosts say the same of a repository that the credential may not see"
      case .repositoryNotFound: "check the path"
      case .network: "check the connection, and https_proxy where a proxy is needed"
      case .invalidRemote where address.hasPassword:
        "put it in PLUMB_GIT_TOKEN, or in a file that PLUMB_GIT_CREDENTIALS names"
      default: nil
      }
    text = error.description + (advice.map { "; \($0)" } ?? "")
  }

  private static func credential(for address: RemoteAddress) -> String? {
    switch address.scheme {
    case "ssh":
      "name a private key in PLUMB_GIT_SSH_KEY, or start an agent (SSH_AUTH_SOCK)"
    case "http" where !address.isPrivate: "use https"
    case "https", "http": "set PLUMB_GIT_TOKEN, or name a credential file in PLUMB_GIT_CREDENTIALS"
    default: nil
    }
  }
}
