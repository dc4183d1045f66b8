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
    return (try read(repository, of: branch, settings: settings, seen: [:], kept: nil), branch.tip)
  }

  /// - Parameters:
  ///   - seen: What was just seen: of its lists, those are not read again that are recorded as they are.
  ///   - kept: What was read before; nil where nothing is kept.
  static func read(
    _ repository: Repository, of branch: ReportsBranch, settings: Settings,
    seen: [String: InstanceObservation], kept: KeptRecords?
  ) throws -> Snapshot {
    guard let tip = branch.tip else { return .empty }
    return try read(repository, at: tip, path: settings.reportsPath, seen: seen, kept: kept)
  }

  /// The state at one commit of the reports branch.
  ///
  /// - Parameter only: The instances whose files are read, the others are left out; nil for all.
  package static func read(
    _ repository: Repository, at commit: ObjectID, path folder: String, only: Set<String>? = nil
  ) throws -> Snapshot {
    try read(repository, at: commit, path: folder, only: only, seen: [:], kept: nil)
  }

  private static func read(
    _ repository: Repository, at commit: ObjectID, path folder: String, only: Set<String>? = nil,
    seen: [String: InstanceObservation], kept: KeptRecords?
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
      let reader = try InstanceRecords(
        repository, at: commit, folder: folder, seen: seen, kept: kept)
      for read in try reader.read(asked) {
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

  static let limit = 1 << 30

  static func value(_ bytes: [UInt8], _ path: String) throws(StateCodec.ReadError) -> JSONView {
    do throws(JSONError) {
      return try JSONView(parsing: bytes)
    } catch {
      throw StateCodec.ReadError(path: path, message: error.message)
    }
  }
}
