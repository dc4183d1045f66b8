internal import CGit2

/// A second view of a repository that keeps new objects in memory until all of them are made.
///
/// Making every object safe on the disk by itself takes milliseconds each; a pack makes ten thousand safe
/// at once. And a draft that turns out to be impossible leaves nothing behind.
struct ObjectStage: ~Copyable {
  /// Writes go to memory, reads to memory and then to the disk.
  let repository: Repository

  /// Beyond this many objects they become one pack; fewer are left to themselves, as git does it.
  private static let packThreshold = 50

  init(for repository: Repository) throws(GitError) {
    let staging = try Repository.open(path: repository.gitDirectory)
    var memory: UnsafeMutablePointer<git_odb_backend>?
    try GitError.check(git_mempack_new(&memory), "preparing to write objects")
    // Higher than the backends for loose and packed objects, which stand at 1 and 2.
    let result = git_odb_add_backend(staging.objects, memory, 1000)
    if result < 0, let memory { memory.pointee.free?(memory) }
    try GitError.check(result, "preparing to write objects")
    staging.written = []
    self.repository = staging
  }

  /// Puts the objects on the disk. When this returns they are safe there.
  func store(in target: Repository) throws(GitError) {
    // Taken where nothing is new, too: a predecessor may have died after its last object.
    let lock = try ObjectLock(in: target.commonDirectory)
    defer { lock.finish() }
    var seen: Set<ObjectID> = []
    let new = (repository.written ?? []).filter { id in
      var raw = id.raw
      return seen.insert(id).inserted
        && git_odb_exists_ext(target.objects, &raw, GIT_ODB_LOOKUP_NO_REFRESH.rawValue) == 0
    }
    guard !new.isEmpty else { return }
    if new.count > Self.packThreshold {
      try storePack(new)
      try GitError.check(git_odb_refresh(target.objects), "reading a new pack")
    } else {
      for id in new { try storeLoose(id, in: target) }
      // The folders of loose objects may be new: their names must survive, too.
      FileSystem.synchronizeFolder(target.commonDirectory + "/objects")
    }
  }

  private func storePack(_ ids: [ObjectID]) throws(GitError) {
    var builder: OpaquePointer?
    try GitError.check(git_packbuilder_new(&builder, repository.pointer), "writing a pack")
    defer { git_packbuilder_free(builder) }
    for id in ids {
      var raw = id.raw
      try GitError.check(git_packbuilder_insert(builder, &raw, nil), "writing a pack")
    }
    try GitError.check(git_packbuilder_write(builder, nil, 0, nil, nil), "writing a pack")
  }

  private func storeLoose(_ id: ObjectID, in target: Repository) throws(GitError) {
    var raw = id.raw
    var object: OpaquePointer?
    try GitError.check(git_odb_read(&object, repository.objects, &raw), "writing object \(id.hex)")
    defer { git_odb_object_free(object) }
    var written = git_oid()
    try GitError.check(
      git_odb_write(
        &written, target.objects, git_odb_object_data(object), git_odb_object_size(object),
        git_odb_object_type(object)), "writing object \(id.hex)")
  }
}
