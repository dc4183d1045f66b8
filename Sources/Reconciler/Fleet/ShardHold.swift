/// Holds a shard for one process, as long as it lives: the system lets go when the process ends, however it ends.
package final class ShardHold: Sendable {
  private let file: FileHold

  /// - Throws: ``FleetError`` of code `tryAgain` while another process holds it, or where nothing can be written.
  init(_ path: String, shard: Int) throws(FleetError) {
    do throws(FileHold.Refusal) {
      file = try FileHold(path)
    } catch {
      switch error {
      case .held: throw FleetError(.tryAgain, "another process is running shard \(shard)")
      case .unwritable:
        throw FleetError(
          .tryAgain, "\(path) cannot be written: is the disk full, or the folder another user's?")
      }
    }
  }
}
