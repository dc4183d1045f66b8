/// What tells a file from others, and from itself with other bytes, without reading it: as git's
/// index does.
package struct FileStamp: Sendable, Hashable {
  typealias Values = (Int64, Int64, Int64, Int64, Int64)

  /// Device, inode, size in bytes, and the times at which bytes and entry were changed last, in nanoseconds
  /// since 1970.
  let numbers: [Int64]

  init(_ values: Values) {
    numbers = [values.0, values.1, values.2, values.3, values.4]
  }

  init?(_ numbers: [Int64]) {
    guard numbers.count == 5 else { return nil }
    self.numbers = numbers
  }

  /// Whether any later change would show in another stamp. Within one tick of its clock, a file
  /// system may give two changes the same time.
  ///
  /// - Parameter now: Nanoseconds since 1970, when the file was read.
  func isSettled(at now: Int64) -> Bool {
    max(numbers[3], numbers[4]) < now - Self.tick
  }

  /// Two seconds: the coarsest clock of a file system that is in use (FAT's).
  private static let tick: Int64 = 2_000_000_000
}
