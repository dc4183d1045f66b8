internal import CGit2

/// What libgit2's callbacks need while one connection lasts, and what they find out.
///
/// libgit2 gets an unowned pointer to it; ``withCallbacks(_:)`` keeps it alive for that long.
final class RemoteConversation {
  let address: RemoteAddress
  private let named: RemoteAddress
  private let watch: StallGuard
  private let options: RemoteOptions
  private var isAnswered = false
  /// Why a callback ended the connection, in better words than libgit2's.
  private(set) var failure: GitError?
  private(set) var updates: [FetchedReference] = []
  /// What the remote said of each reference that was pushed; nil for success.
  private(set) var statuses: [String: String?] = [:]

  init(address: RemoteAddress, named: RemoteAddress, options: RemoteOptions) {
    self.address = address
    self.named = named
    watch = StallGuard(
      host: address.connectedHost, port: address.connectedPort, limit: options.patience)
    self.options = options
  }

  /// Fills in callbacks that report to this object, and runs something with them.
  func withCallbacks(_ body: (git_remote_callbacks) -> Int32) -> Int32 {
    var callbacks = git_remote_callbacks()
    let result = git_remote_init_callbacks(&callbacks, UInt32(GIT_REMOTE_CALLBACKS_VERSION))
    guard result >= 0 else { return result }
    // No certificate callback: libgit2 then refuses what it cannot verify, TLS and SSH alike.
    callbacks.credentials = { out, _, user, allowed, payload in
      guard let out, let payload else { return GIT_EAUTH.rawValue }
      let user = user.map { String(cString: $0) }
      return RemoteConversation.from(payload).answer(out, user, allowed)
    }
    callbacks.update_tips = { name, old, new, payload in
      guard let name, let old, let new, let payload else { return 0 }
      let update = FetchedReference(
        name: String(cString: name), old: ObjectID(old.pointee), new: ObjectID(new.pointee))
      RemoteConversation.from(payload).updates.append(update)
      return 0
    }
    callbacks.push_update_reference = { name, status, payload in
      guard let name, let payload else { return 0 }
      let status: String? = status.map { String(cString: $0) }
      RemoteConversation.from(payload).statuses.updateValue(status, forKey: String(cString: name))
      return 0
    }
    callbacks.transfer_progress = { RemoteConversation.hear($1) }
    callbacks.sideband_progress = { RemoteConversation.hear($2) }
    callbacks.push_transfer_progress = { RemoteConversation.hear($3) }
    callbacks.pack_progress = { RemoteConversation.hear($3) }
    return withExtendedLifetime(self) {
      callbacks.payload = Unmanaged.passUnretained(self).toOpaque()
      // Nobody waits for a folder of this machine.
      guard address.host != nil else { return body(callbacks) }
      return watch.watching { body(callbacks) }
    }
  }

  /// Turns the result of the connection into an error, or nothing.
  func check(_ result: Int32, _ context: String) throws(GitError) {
    guard result < 0 else { return }
    if watch.hasStruck {
      throw GitError(
        .network,
        "'\(address.authority)' said nothing for \(watch.limit.components.seconds) s; the connection was given up",
        context: context)
    }
    if let failure { throw failure.adding(context: context) }
    throw Self.clearer(GitError.fromLibrary(result, context: context))
  }

  /// libgit2 counts what a server answers among network failures, and a refused connection not.
  private static func clearer(_ error: GitError) -> GitError {
    let lock = "failed to lock file '"
    if error.message.hasPrefix(lock) {
      let path = error.message.dropFirst(lock.count).prefix { $0 != "'" }
      return GitError(
        .locked,
        "another process holds '\(path)'; if no git process is at work in the repository, delete that file",
        context: error.context)
    }
    if error.code == .operatingSystem, error.message.hasPrefix("failed to connect") {
      return GitError(.network, error.message, context: error.context)
    }
    guard error.code == .network, let mark = error.message.firstRange(of: "http status code: ")
    else { return error }
    let status = error.message[mark.upperBound...].prefix { $0.isNumber }
    switch status {
    case "404", "410":
      return GitError(
        .repositoryNotFound, "the server knows no such repository (HTTP status \(status))",
        context: error.context)
    case "401", "403":
      return GitError(
        .authentication, "the server refuses access (HTTP status \(status))",
        context: error.context)
    default: return error
    }
  }

  /// Something went on; the conversation may go on.
  private static func hear(_ payload: UnsafeMutableRawPointer?) -> Int32 {
    if let payload { from(payload).watch.hear() }
    return 0
  }

  private static func from(_ payload: UnsafeMutableRawPointer) -> RemoteConversation {
    Unmanaged<RemoteConversation>.fromOpaque(payload).takeUnretainedValue()
  }

  private func answer(
    _ out: UnsafeMutablePointer<UnsafeMutablePointer<git_credential>?>, _ user: String?,
    _ allowed: UInt32
  ) -> Int32 {
    // SSH asks for a name first, when the URL has none.
    if allowed == GIT_CREDENTIAL_USERNAME.rawValue {
      return git_credential_username_new(out, user ?? address.user ?? "git")
    }
    let host = address.host ?? ""
    guard let ask = options.credential else {
      return refuse("'\(host)' asks for a credential, and none is given")
    }
    guard !isAnswered else { return refuse("'\(host)' refuses the credential") }
    isAnswered = true
    let acceptsPassword = allowed & GIT_CREDENTIAL_USERPASS_PLAINTEXT.rawValue != 0
    let acceptsKey = allowed & GIT_CREDENTIAL_SSH_KEY.rawValue != 0
    let request = CredentialRequest(
      host: host, port: address.port, scheme: address.scheme ?? "", username: user ?? address.user,
      acceptsPassword: acceptsPassword,
      acceptsKey: acceptsKey)
    switch ask(request) {
    case .password(let name, let password) where acceptsPassword:
      guard address.isPrivate || address.scheme == "ssh" else {
        return refuse("no credential is sent to '\(host)' over plain HTTP")
      }
      guard address.isSamePlace(as: named) else {
        return refuse(
          "git's configuration (url.*.insteadOf, remote.*.pushurl) leads from '\(named.authority)' to "
            + "'\(address.authority)', and a token goes to the remote that was named alone; name the other's URL"
        )
      }
      return git_credential_userpass_plaintext_new(out, name, password)
    case .sshKey(let name, let file, let passphrase) where acceptsKey:
      return git_credential_ssh_key_new(out, name, nil, file, passphrase)
    case .sshAgent(let name) where acceptsKey:
      return git_credential_ssh_key_from_agent(out, name)
    case nil:
      return refuse("'\(host)' asks for a credential, and none is given")
    case .password, .sshKey, .sshAgent:
      return refuse("'\(host)' does not take a credential of this kind")
    }
  }

  private func refuse(_ message: String) -> Int32 {
    failure = GitError(.authentication, message)
    return GIT_EAUTH.rawValue
  }
}
