internal import CGit2
internal import Text

/// A reference and what it points to.
public struct Reference: Hashable, Sendable {
  /// The full name: `refs/heads/main`.
  public let name: String
  /// The object that it points to, symbolic references followed.
  public let target: ObjectID
}

extension Repository {
  /// The current branch without `refs/heads/`, even when it has no commit yet; nil when `HEAD` is detached.
  public var headBranch: String? {
    var head: OpaquePointer?
    guard git_reference_lookup(&head, pointer, "HEAD") >= 0, let head else { return nil }
    defer { git_reference_free(head) }
    guard let target = git_reference_symbolic_target(head) else { return nil }
    let name = String(cString: target)
    return name.hasPrefix("refs/heads/") ? String(name.dropFirst("refs/heads/".count)) : name
  }

  /// Whether the current branch has no commit yet.
  public var isHeadUnborn: Bool { git_repository_head_unborn(pointer) == 1 }

  /// What a reference points to, symbolic references followed; nil when there is no such reference.
  ///
  /// - Parameter name: The full name: `refs/heads/main`, `HEAD`.
  public func target(of name: String) throws(GitError) -> ObjectID? {
    var id = git_oid()
    let result = git_reference_name_to_id(&id, pointer, name)
    if result == GIT_ENOTFOUND.rawValue { return nil }
    try GitError.check(
      result, "reading '\(name)'", mapping: [GIT_EINVALIDSPEC.rawValue: .invalidReferenceName])
    return ObjectID(id)
  }

  /// The references whose full names begin with a prefix, ordered by the bytes of their names.
  ///
  /// - Parameter prefix: `refs/heads/`, or empty for all. References that lead nowhere are left out.
  public func references(under prefix: String = "") throws(GitError) -> [Reference] {
    var iterator: OpaquePointer?
    try GitError.check(git_reference_iterator_new(&iterator, pointer), "listing references")
    defer { git_reference_iterator_free(iterator) }
    var found: [Reference] = []
    while true {
      var reference: OpaquePointer?
      let result = git_reference_next(&reference, iterator)
      if result == GIT_ITEROVER.rawValue { break }
      try GitError.check(result, "listing references")
      defer { git_reference_free(reference) }
      let name = String(cString: git_reference_name(reference))
      guard name.utf8.starts(with: prefix.utf8) else { continue }
      if let target = try target(of: name) { found.append(Reference(name: name, target: target)) }
    }
    return found.sorted { $0.name.isBefore($1.name) }
  }
}
