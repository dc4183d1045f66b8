internal import CFiles

/// The memory that observations are read into.
package enum ReadingMemory {
  /// Keeps it for the next ones, where many are read one after the other.
  package static func keep() { plumb_keep_memory() }
}
