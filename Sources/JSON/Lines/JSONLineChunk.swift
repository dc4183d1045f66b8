/// Some whole lines of a file, and where they stand in it. Its memory is used again for the next chunk.
///
/// Unchecked: one thread has a chunk at a time.
package final class JSONLineChunk: @unchecked Sendable {
  private(set) var storage: UnsafeMutableRawBufferPointer
  /// How many bytes of the storage are lines.
  var count = 0
  private var freshStart = 0
  private var freshCount = 0
  /// The number of its first line in the file, from 1.
  package internal(set) var firstLine = 1
  /// How many lines before it in the file are not blank.
  package internal(set) var valuesBefore = 0

  /// Room for lines of that many bytes; it grows to the longest line.
  package init(capacity: Int) {
    storage = .allocate(byteCount: max(1, capacity) + JSONParser.padding, alignment: 64)
  }

  deinit { storage.deallocate() }

  /// How many bytes it has room for.
  package var capacity: Int { storage.count - JSONParser.padding }

  /// The lines, with the padding that simdjson reads behind them.
  var lines: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: storage[..<count]) }

  /// What was read of the file for the chunk, for a digest: not what it begins with, but what the next begins with.
  package var read: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: storage[freshStart..<(freshStart + freshCount)])
  }

  /// Begins with bytes that were read for the chunk before.
  func begin(with rest: [UInt8], room: Int) {
    (count, freshCount) = (0, 0)
    let space = self.room(for: rest.count + room)
    rest.withUnsafeBytes { space.copyMemory(from: $0) }
    (count, freshStart) = (rest.count, rest.count)
  }

  /// Takes over bytes that were read into ``room(for:)``.
  func added(_ more: Int) { freshCount += more }

  /// Makes room for more bytes behind those that it has.
  ///
  /// - Returns: The room, at least so many bytes.
  func room(for more: Int) -> UnsafeMutableRawBufferPointer {
    if capacity - count < more { resize(to: max(2 * capacity, count + more)) }
    return UnsafeMutableRawBufferPointer(rebasing: storage[count..<capacity])
  }

  /// Gives back what a long line took; its lines are lost.
  package func shrink(to capacity: Int) {
    (count, freshStart, freshCount) = (0, 0, 0)
    if self.capacity > capacity { resize(to: capacity) }
  }

  private func resize(to capacity: Int) {
    let other = UnsafeMutableRawBufferPointer.allocate(
      byteCount: capacity + JSONParser.padding, alignment: 64)
    other.copyMemory(from: lines)
    storage.deallocate()
    storage = other
  }
}
