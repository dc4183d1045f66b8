internal import NIOPosix
internal import Posture

/// Threads for what waits for a disk.
///
/// Tasks run on as many threads as there are cores. One that waited there for a disk, some milliseconds for each file that must
/// be safe on it, would hold up the answers of every other instance; and disks do many such waits at once about as fast as one.
enum DiskThreads {
  private static let count = 16

  // Never shut down: the process's end is the threads'.
  private static let pool = {
    let pool = NIOThreadPool(numberOfThreads: count)
    pool.start()
    return pool
  }()

  /// Does work on one of the threads, and waits for it without holding up another task.
  static func run<Value: Sendable>(
    _ work: @escaping @Sendable () throws(Fault) -> Value
  ) async throws(Fault) -> Value {
    let result = await withCheckedContinuation { continuation in
      pool.submit { _ in
        continuation.resume(returning: Result { () throws(Fault) in try work() })
      }
    }
    return try result.get()
  }
}
