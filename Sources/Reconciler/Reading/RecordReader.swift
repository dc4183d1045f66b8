package import Git
internal import JSON
package import Posture

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

  static func read(
    _ repository: Repository, of branch: ReportsBranch, settings: Settings
  ) throws -> Snapshot {
    guard let tip = branch.tip else { return .empty }
    return try read(repository, at: tip, path: settings.reportsPath)
  }

  /// The state at one commit of the reports branch.
  ///
  /// - Parameter only: The instances whose files are read, the others are left out; nil for all.
  package static func read(
    _ repository: Repository, at commit: ObjectID, path folder: String, only: Set<String>? = nil
  ) throws -> Snapshot {
    let rootPath = "\(folder)/state.json"
    guard let bytes = try repository.contents(of: rootPath, at: commit, limit: limit) else {
      return .empty
    }
    let recordedAt = Instant(
      secondsSince1970: Int(try repository.commit(commit).committer.time))
    do throws(StateCodec.ReadError) {
      var (state, names) = try StateCodec.decodeRoot(try value(bytes, rootPath), path: rootPath)
      for name in names where only?.contains(name) ?? true {
        let path = "\(folder)/instances/\(name)/state.json"
        let bytes: [UInt8]?
        do throws(GitError) {
          bytes = try repository.contents(of: path, at: commit, limit: limit)
        } catch {
          throw StateCodec.ReadError(path: path, message: error.message)
        }
        guard let bytes else { throw StateCodec.ReadError(path: path, message: "it is missing") }
        var instance = try StateCodec.decodeInstance(try value(bytes, path), path: path)
        if instance.judgedAt == nil, instance.recommendations {
          // Earlier versions did not write it down: what was observed was judged as it was recorded.
          instance.judgedAt = instance.staleReason == nil ? recordedAt : instance.observedAt
          state.incomplete.insert(instance.name)
        }
        state.instances[instance.name] = instance
        for source in ImportedSource.all {
          if let read = try imported(
            from: source, of: name, in: repository, at: commit, folder: folder)
          {
            state.imports[instance.name] = read
          }
        }
      }
      return state
    } catch {
      throw ReconcileError.damagedRecord(
        "the recorded state at \(commit.shortHex) cannot be read: \(error)\nUndo what changed it with a commit on the reports branch (git revert \(commit.shortHex) there), and run this again."
      )
    }
  }

  /// What was recorded of a source; nil where nothing was.
  private static func imported(
    from source: ImportedSource, of name: String, in repository: Repository, at commit: ObjectID,
    folder: String
  ) throws(StateCodec.ReadError) -> RecordedImport? {
    let path = "\(folder)/instances/\(name)/\(source.file).json"
    let bytes: [UInt8]?
    do throws(GitError) {
      bytes = try repository.contents(of: path, at: commit, limit: limit)
    } catch {
      throw StateCodec.ReadError(path: path, message: error.message)
    }
    guard let bytes else { return nil }
    return try StateCodec.decodeImport(try value(bytes, path), from: source, path: path)
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
