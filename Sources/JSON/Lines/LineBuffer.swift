#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#endif

/// Cuts a stream of chunks into lines; grows to the longest line, with the padding that simdjson reads behind it.
struct LineBuffer: ~Copyable {
  private var storage: UnsafeMutableRawBufferPointer
  /// The bytes in use that are no part of a line given out.
  private var start = 0
  private var end = 0
  /// Where the search for the line's end goes on, so that no byte is looked at twice.
  private var searched = 0
  /// The number of lines given out.
  private(set) var number = 0

  init(capacity: Int) {
    storage = .allocate(byteCount: capacity + JSONParser.padding, alignment: 16)
  }

  deinit { storage.deallocate() }

  /// How many bytes wait for the end of their line.
  var pending: Int { end - start }

  /// Free space for up to a chunk; lines given out before become invalid.
  mutating func space(chunk: Int) -> UnsafeMutableRawBufferPointer {
    if start > 0 {
      storage.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[start..<end]))
      searched -= start
      end -= start
      start = 0
    }
    let room = storage.count - JSONParser.padding - end
    if room < min(chunk, 1 << 16) {
      let larger = UnsafeMutableRawBufferPointer.allocate(
        byteCount: max(storage.count * 2, end + chunk + JSONParser.padding), alignment: 16)
      larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[..<end]))
      storage.deallocate()
      storage = larger
    }
    return UnsafeMutableRawBufferPointer(
      rebasing: storage[end..<min(end + chunk, storage.count - JSONParser.padding)])
  }

  /// Takes over bytes that were written into ``space(chunk:)``.
  mutating func filled(_ count: Int) {
    end += count
  }

  /// The next whole line without its line feed; behind the last, when `isLast`, what is left.
  mutating func nextLine(isLast: Bool) -> UnsafeRawBufferPointer? {
    let bytes = UnsafeRawBufferPointer(storage)
    if let feed = Self.lineFeed(in: bytes, from: searched, to: end) {
      let line = UnsafeRawBufferPointer(rebasing: bytes[start..<feed])
      start = feed + 1
      searched = start
      number += 1
      return line
    }
    searched = end
    guard isLast, start < end else { return nil }
    let line = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
    start = end
    number += 1
    return line
  }

  /// The C library looks at many bytes at once.
  private static func lineFeed(
    in bytes: UnsafeRawBufferPointer, from start: Int, to end: Int
  ) -> Int? {
    guard let base = bytes.baseAddress, start < end,
      let found = memchr(base + start, Int32(UInt8(ascii: "\n")), end - start)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }
}
