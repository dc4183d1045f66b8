package import Git
internal import JSON
package import Posture
internal import Text

/// Reads the recorded state from the tip of the reports branch.
package enum RecordReader {
  /// The state, and the commit it was read from; the empty state when the branch does not exist or
  /// has no report yet.
  package static func read(
    _ repository: Repository, settings: Settings, side: ReportsBranch.Side = .here
  ) throws -> (state: Snapshot, tip: ObjectID?) {
    let branch = try ReportsBranch(settings.reportsBranch, in: repository, side: side)
    return (try read(repository, of: branch, settings: settings), branch.tip)
  }

  /// - Parameter seen: What was just seen: of its lists, those are not read again that are recorded as they are.
  static func read(
    _ repository: Repository, of branch: ReportsBranch, settings: Settings,
    seen: [String: InstanceObservation] = [:]
  ) throws -> Snapshot {
    guard let tip = branch.tip else { return .empty }
    return try read(repository, at: tip, path: settings.reportsPath, seen: seen)
  }

  /// The state at one commit of the reports branch.
  ///
  /// - Parameter only: The instances whose files are read, the others are left out; nil for all.
  package static func read(
    _ repository: Repository, at commit: ObjectID, path folder: String, only: Set<String>? = nil,
    seen: [String: InstanceObservation] = [:]
  ) throws -> Snapshot {
    let rootPath = "\(folder)/state.json"
    guard let bytes = try repository.contents(of: rootPath, at: commit, limit: limit) else {
      return .empty
    }
    let recordedAt = Instant(
      secondsSince1970: Int(try repository.commit(commit).committer.time))
    do throws(StateCodec.ReadError) {
      var (state, names) = try StateCodec.decodeRoot(try value(bytes, rootPath), path: rootPath)
      let asked = names.filter { only?.contains($0) ?? true }
      for read in try instances(asked, in: repository, at: commit, folder: folder, seen) {
        var instance = read.instance
        if instance.judgedAt == nil, instance.recommendations {
          // Earlier versions did not write it down: what was observed was judged as it was recorded.
          instance.judgedAt = instance.staleReason == nil ? recordedAt : instance.observedAt
          state.incomplete.insert(instance.name)
        }
        state.instances[instance.name] = instance
        state.imports[instance.name] = read.imported
      }
      return state
    } catch {
      throw ReconcileError.damagedRecord(
        "the recorded state at \(commit.shortHex) cannot be read: \(error)\nUndo what changed it with a commit on the reports branch (git revert \(commit.shortHex) there), and run this again."
      )
    }
  }

  /// What is recorded of one instance.
  private struct Recording: Sendable {
    let instance: Snapshot.Instance
    let imported: RecordedImport?
  }

  /// The instances of the names, in their order: the cores share them out, each with the repository opened for itself.
  private static func instances(
    _ names: [String], in repository: Repository, at commit: ObjectID, folder: String,
    _ seen: [String: InstanceObservation]
  ) throws(StateCodec.ReadError) -> [Recording] {
    let path = repository.gitDirectory
    return try names.sharedOut(over: Assessor.width, least: Assessor.fewest) {
      own throws(StateCodec.ReadError) in
      let repository: Repository
      do throws(GitError) {
        repository = try .open(path: path)
      } catch {
        throw StateCodec.ReadError(path: folder, message: error.message)
      }
      return try own.map { name throws(StateCodec.ReadError) in
        try recording(of: name, in: repository, at: commit, folder: folder, seen[name])
      }
    }
  }

  private static func recording(
    of name: String, in repository: Repository, at commit: ObjectID, folder: String,
    _ seen: InstanceObservation?
  ) throws(StateCodec.ReadError) -> Recording {
    let path = "\(folder)/instances/\(name)/state.json"
    guard let bytes = try contents(of: path, in: repository, at: commit) else {
      throw StateCodec.ReadError(path: path, message: "it is missing")
    }
    let instance: Snapshot.Instance
    if let unchanged = unchanged(bytes, seen, path) {
      instance = unchanged
    } else {
      instance = try StateCodec.decodeInstance(try value(bytes, path), path: path)
    }
    var imported: RecordedImport?
    for source in ImportedSource.all {
      let path = "\(folder)/instances/\(name)/\(source.file).json"
      guard let bytes = try contents(of: path, in: repository, at: commit) else { continue }
      imported = try StateCodec.decodeImport(try value(bytes, path), from: source, path: path)
    }
    return Recording(instance: instance, imported: imported)
  }

  /// The recorded instance, read but for the lists that are recorded as they are seen; nil where no list is known, or the
  /// text is not what it takes: it is read whole then, and told what is wrong with it.
  private static func unchanged(
    _ bytes: [UInt8], _ seen: InstanceObservation?, _ path: String
  ) -> Snapshot.Instance? {
    guard case .observed(_, let verdicts, _)? = seen else { return nil }
    let known = verdicts.sorted { $0.key < $1.key }.flatMap(\.value.texts)
    guard !known.isEmpty, let text = try? RecordedText(bytes, knowing: known),
      let instance = try? StateCodec.decodeInstance(text, path: path), text.isTaken
    else { return nil }
    return instance
  }

  /// A recorded file; nil where it is not there.
  private static func contents(
    of path: String, in repository: Repository, at commit: ObjectID
  ) throws(StateCodec.ReadError) -> [UInt8]? {
    do throws(GitError) {
      return try repository.contents(of: path, at: commit, limit: limit)
    } catch {
      throw StateCodec.ReadError(path: path, message: error.message)
    }
  }

  private static let limit = 1 << 30

  static func value(_ bytes: [UInt8], _ path: String) throws(StateCodec.ReadError) -> JSONView {
    do throws(JSONError) {
      return try JSONView(parsing: bytes)
    } catch {
      throw StateCodec.ReadError(path: path, message: error.message)
    }
  }
}
