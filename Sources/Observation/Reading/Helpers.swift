internal import CFiles
internal import Synchronization

/// Which threads may help to judge: all that judge are never more than the cores.
///
/// Each instance has a core while it is judged, as long as there are enough; what is left when there are fewer instances
/// than cores may help with a large collection.
package final class Helpers: Sendable {
  /// How many cores this process may use.
  package static var cores: Int { Int(plumb_cores()) }

  private struct Work {
    var instances: Int
    var helping = 0
  }

  private let cores: Int
  private let work: Mutex<Work>

  /// - Parameter instances: How many are to be judged.
  package init(cores: Int, instances: Int) {
    self.cores = cores
    work = Mutex(Work(instances: instances))
  }

  /// Says that an instance is done.
  package func finishInstance() { work.withLock { $0.instances -= 1 } }

  /// Takes a core that nobody uses; false where there is none. Whoever takes one gives it back.
  func take() -> Bool {
    work.withLock { work in
      guard min(work.instances, cores) + work.helping < cores else { return false }
      work.helping += 1
      return true
    }
  }

  /// Gives back a core that was taken.
  func giveBack() { work.withLock { $0.helping -= 1 } }
}
