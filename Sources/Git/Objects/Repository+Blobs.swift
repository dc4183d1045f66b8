private import CGit2

extension Repository {
  /// The largest blob that is read unless the caller says otherwise, in bytes: 64 MiB.
  public static let defaultBlobLimit = 64 << 20

  /// The content of a blob.
  ///
  /// - Parameters:
  ///   - id: The blob.
  ///   - limit: The largest size to read, in bytes; checked before anything is unpacked.
  /// - Throws: ``GitError`` with `tooLarge`, `objectNotFound`, `wrongObjectType` or `corrupt` (libgit2
  ///   compares the content with the id).
  public func blob(
    _ id: ObjectID, limit: Int = Repository.defaultBlobLimit
  ) throws(GitError) -> [UInt8] {
    let size = try blobSize(id)
    guard size <= limit else {
      throw GitError(
        .tooLarge, "blob \(id.hex) has \(size) bytes, more than the limit of \(limit)")
    }
    var raw = id.raw
    var object: OpaquePointer?
    let result = git_odb_read(&object, objects, &raw)
    guard result >= 0, let object else { throw lookUpError(result, id, "blob") }
    defer { git_odb_object_free(object) }
    let content = UnsafeRawBufferPointer(
      start: git_odb_object_data(object), count: git_odb_object_size(object))
    return Array(content)
  }

  /// The size of a blob in bytes.
  public func blobSize(_ id: ObjectID) throws(GitError) -> Int {
    var raw = id.raw
    var size = 0
    var type = GIT_OBJECT_INVALID
    let result = git_odb_read_header(&size, &type, objects, &raw)
    guard result >= 0, type == GIT_OBJECT_BLOB else { throw lookUpError(result, id, "blob") }
    return size
  }

  /// The content of the file at a path in a commit; nil when nothing stands there.
  ///
  /// - Throws: ``GitError`` as ``blob(_:limit:)`` does, and `wrongObjectType` for a folder or a submodule.
  ///   A symbolic link is not followed: its content is the path that it points to.
  public func contents(
    of path: String, at commit: ObjectID, limit: Int = Repository.defaultBlobLimit
  ) throws(GitError) -> [UInt8]? {
    guard let entry = try entry(path, at: commit) else { return nil }
    switch entry.mode {
    case .tree: throw GitError(.wrongObjectType, "'\(path)' is a folder, not a file")
    case .submodule: throw GitError(.wrongObjectType, "'\(path)' is a submodule, not a file")
    case .file, .executable, .symbolicLink: break
    }
    do {
      return try blob(entry.id, limit: limit)
    } catch {
      throw error.adding(context: "reading '\(path)' at \(commit.shortHex)")
    }
  }
}
