/// What keeps a shard for one process.
package protocol ShardHold: Sendable {
  /// What is to be told of how it was taken; nil for nothing.
  var warning: String? { get }

  /// - Throws: ``FleetError`` of code `tryAgain` where the shard is no longer held.
  func check() throws(FleetError)

  /// Gives the shard back.
  func release()
}

/// Holds a shard for one process of this machine, as long as it lives.
final class FileShardHold: ShardHold {
  private let file: FileHold

  /// - Throws: ``FleetError`` of code `tryAgain` while another process holds it, or where nothing can be written.
  init(_ path: String, shard: Int) throws(FleetError) {
    do throws(FileHold.Refusal) {
      file = try FileHold(path)
    } catch {
      switch error {
      case .held: throw FleetError(.tryAgain, "another process is running shard \(shard)")
      case .unwritable(let reason): throw FleetError(.tryAgain, reason)
      }
    }
  }

  var warning: String? { nil }
  func check() {}
  func release() { file.release() }
}
