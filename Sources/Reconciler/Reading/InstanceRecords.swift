internal import Git
internal import JSON
internal import Posture
internal import Text

/// Reads what is recorded of instances at a commit.
struct InstanceRecords: Sendable {
  /// What is recorded of one instance.
  struct Recording: Sendable {
    let instance: Snapshot.Instance
    let imported: RecordedImport?
  }

  /// The repository, which each core opens for itself.
  private let gitDirectory: String
  private let folder: String
  /// The folder of each instance.
  private let folders: [String: ObjectID]
  private let seen: [String: InstanceObservation]
  private let kept: KeptRecords?

  /// - Parameters:
  ///   - folder: That of the reports.
  ///   - seen: What was just seen: of its lists, those are not read again that are recorded as they are.
  ///   - kept: What was read before; nil where nothing is kept.
  init(
    _ repository: Repository, at commit: ObjectID, folder: String,
    seen: [String: InstanceObservation], kept: KeptRecords?
  ) throws(StateCodec.ReadError) {
    gitDirectory = repository.gitDirectory
    let instances = "\(folder)/instances"
    self.folder = instances
    self.seen = seen
    self.kept = kept
    // Once: with each instance looked up from the root, this folder would be read as often as it has instances.
    folders = try Self.reading(instances) { () throws(GitError) in
      guard let all = try repository.entry(instances, at: commit), all.mode == .tree
      else { return [:] }
      return Dictionary(
        try repository.entries(ofTree: all.id).filter { $0.mode == .tree }.map { ($0.path, $0.id) }
      ) { first, _ in first }
    }
  }

  /// The instances of the names, in their order: the cores share them out.
  func read(_ names: [String]) throws(StateCodec.ReadError) -> [Recording] {
    try names.sharedOut(over: Assessor.width, least: Assessor.fewest) {
      own throws(StateCodec.ReadError) in
      let repository = try Self.reading(folder) { () throws(GitError) in
        try Repository.open(path: gitDirectory)
      }
      return try own.map { name throws(StateCodec.ReadError) in try recording(of: name, repository)
      }
    }
  }

  private func recording(
    of name: String, _ repository: Repository
  ) throws(StateCodec.ReadError) -> Recording {
    let path = "\(folder)/\(name)/state.json"
    let files = try Self.reading(path) { () throws(GitError) in
      try folders[name].map { id throws(GitError) in try repository.entries(ofTree: id) } ?? []
    }
    func id(_ file: String) -> ObjectID? { files.first { $0.path == file }?.id }
    guard let file = id("state.json") else {
      throw StateCodec.ReadError(path: path, message: "it is missing")
    }
    let instance = try instance(name, file, path, repository)
    var imported: RecordedImport?
    for source in ImportedSource.all {
      guard let file = id("\(source.file).json") else { continue }
      let path = "\(folder)/\(name)/\(source.file).json"
      imported = try StateCodec.decodeImport(
        try RecordReader.value(try contents(file, path, repository), path), from: source, path: path
      )
    }
    return Recording(instance: instance, imported: imported)
  }

  private func instance(
    _ name: String, _ file: ObjectID, _ path: String, _ repository: Repository
  ) throws(StateCodec.ReadError) -> Snapshot.Instance {
    let lists = lists(of: name)
    if !lists.isEmpty, let text = kept?.text(of: name, file, seen: lists),
      let instance = Self.unchanged(text, path)
    {
      return instance
    }
    let bytes = try contents(file, path, repository)
    if !lists.isEmpty, let text = try? RecordedText(bytes, knowing: lists),
      let instance = Self.unchanged(text, path)
    {
      kept?.keep(text, of: name, file, bytes: bytes.count)
      return instance
    }
    return try StateCodec.decodeInstance(try RecordReader.value(bytes, path), path: path)
  }

  /// The lists of an instance that were seen as texts.
  private func lists(of name: String) -> [ListText] {
    guard case .observed(_, let verdicts, _)? = seen[name] else { return [] }
    return verdicts.sorted { $0.key < $1.key }.flatMap(\.value.texts)
  }

  /// The instance, read but for the lists that are recorded as they are seen; nil where the text is not what it takes: the
  /// file is read whole then, and told what is wrong with it.
  private static func unchanged(_ text: RecordedText, _ path: String) -> Snapshot.Instance? {
    guard let instance = try? StateCodec.decodeInstance(text, path: path), text.isTaken
    else { return nil }
    return instance
  }

  private func contents(
    _ file: ObjectID, _ path: String, _ repository: Repository
  ) throws(StateCodec.ReadError) -> [UInt8] {
    try Self.reading(path) { () throws(GitError) in
      try repository.blob(file, limit: RecordReader.limit)
    }
  }

  private static func reading<Value>(
    _ path: String, _ read: () throws(GitError) -> Value
  ) throws(StateCodec.ReadError) -> Value {
    do throws(GitError) {
      return try read()
    } catch {
      throw StateCodec.ReadError(path: path, message: error.message)
    }
  }
}
