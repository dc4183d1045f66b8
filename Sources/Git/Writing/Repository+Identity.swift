internal import CGit2

extension Repository {
  /// In which part somebody signs a commit.
  public enum Role: String, Hashable, Sendable {
    /// Who wrote the change.
    case author
    /// Who makes the commit.
    case committer
  }

  /// The identity that git would sign with.
  ///
  /// Name and address are looked for one by one: in the environment (`GIT_AUTHOR_NAME`,
  /// `GIT_AUTHOR_EMAIL` or the committer's), then in the configuration (`author.name` or
  /// `committer.name`, then `user.name`), then in the fallback.
  ///
  /// - Parameters:
  ///   - role: The part to sign in.
  ///   - fallback: What to use where nothing is configured.
  ///   - time: Seconds since 1970; the identity says nothing about time.
  ///   - offset: Minutes from UTC, east positive.
  ///   - environment: The process's environment, passed in so that the answer depends on nothing else.
  public func configuredIdentity(
    _ role: Role, fallback: (name: String, email: String), time: Int64, offset: Int = 0,
    environment: [String: String]
  ) throws(GitError) -> Signature {
    let name = try configured("NAME", "name", role, environment) ?? fallback.name
    let email = try configured("EMAIL", "email", role, environment) ?? fallback.email
    return Signature(name: name, email: email, time: time, offset: offset)
  }

  /// A setting of git's configuration; nil when it is not set.
  ///
  /// - Parameter key: As in `git config`: `user.name`.
  public func setting(_ key: String) throws(GitError) -> String? {
    var configuration: OpaquePointer?
    try GitError.check(
      git_repository_config_snapshot(&configuration, pointer), "reading the configuration")
    defer { git_config_free(configuration) }
    var value: UnsafePointer<CChar>?
    let result = git_config_get_string(&value, configuration, key)
    if result == GIT_ENOTFOUND.rawValue { return nil }
    try GitError.check(result, "reading the setting '\(key)'")
    return value.map { String(cString: $0) }
  }

  private func configured(
    _ variable: String, _ key: String, _ role: Role, _ environment: [String: String]
  ) throws(GitError) -> String? {
    let name = "GIT_\(role.rawValue.uppercased())_\(variable)"
    if let value = environment[name], !value.isEmpty { return value }
    for section in [role.rawValue, "user"] {
      if let value = try setting("\(section).\(key)"), !value.isEmpty { return value }
    }
    return nil
  }
}
