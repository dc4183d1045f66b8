#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#endif

/// Cuts a file into chunks of whole lines, in their order, so that several threads can parse them: what each chunk comes to,
/// by the places of its lines, is what ``JSONLines`` comes to.
///
/// ```swift
/// var chunks = JSONLineChunks()
/// let chunk = JSONLineChunk(capacity: chunks.size)
/// while try chunks.next(into: chunk, from: descriptor) {
///   hash.update(bufferPointer: chunk.read)
///   try lines.read(chunk) { print($0.number) }
/// }
/// ```
package struct JSONLineChunks: ~Copyable, Sendable {
  /// How many bytes are read at once.
  package let size: Int
  /// How many bytes a line may have, as in ``JSONLines``.
  package let lineLimit: Int
  /// The beginning of a line whose end was not read yet.
  private var rest: [UInt8] = []
  private var linesBefore = 0
  private var valuesBefore = 0

  /// Chunks of 256 KiB, or as long as a line, of lines of at most 64 MiB unless told.
  package init(size: Int = 256 << 10, lineLimit: Int = 64 << 20) {
    self.size = max(1, size)
    self.lineLimit = max(1, lineLimit)
  }

  /// How many lines were cut that are not blank.
  package var values: Int { valuesBefore }

  /// Reads on to the end of a line.
  ///
  /// - Returns: Whether there was something left.
  /// - Throws: ``JSONError`` of kind `file`, or for a line that is too long.
  package mutating func next(
    into chunk: JSONLineChunk, from descriptor: Int32
  ) throws(JSONError) -> Bool {
    chunk.begin(with: rest, room: size)
    rest.removeAll(keepingCapacity: rest.count <= size)
    while true {
      let space = UnsafeMutableRawBufferPointer(rebasing: chunk.room(for: size)[..<size])
      let count = try Self.fill(descriptor, space)
      let read = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(space)[..<count])
      chunk.added(count)
      if count == 0 {
        place(chunk)
        return chunk.count > 0
      }
      if let end = read.lastIndex(of: UInt8(ascii: "\n")) {
        rest.append(contentsOf: read[(end + 1)...])
        chunk.count += end + 1
        place(chunk)
        return true
      }
      chunk.count += count
      guard chunk.count <= lineLimit else {
        throw .tooLong(lineLimit, line: linesBefore + 1)
      }
    }
  }

  /// Says where the chunk stands, and counts its lines.
  private mutating func place(_ chunk: JSONLineChunk) {
    chunk.firstLine = linesBefore + 1
    chunk.valuesBefore = valuesBefore
    var lines = chunk.lines.jsonLines
    while let line = lines.next() {
      linesBefore += 1
      if !line.isBlankJSON { valuesBefore += 1 }
    }
  }

  private static func fill(
    _ descriptor: Int32, _ space: UnsafeMutableRawBufferPointer
  ) throws(JSONError) -> Int {
    var count = 0
    repeat {
      #if canImport(Glibc)
      count = Glibc.read(descriptor, space.baseAddress, space.count)
      #else
      count = Musl.read(descriptor, space.baseAddress, space.count)
      #endif
    } while count < 0 && errno == EINTR
    guard count >= 0 else {
      throw JSONError(kind: .file, message: "can't read: \(String(cString: strerror(errno)))")
    }
    return count
  }
}

/// The lines of some bytes, without their line feeds; the last may end with the bytes.
struct JSONByteLines {
  let bytes: UnsafeRawBufferPointer
  private var start = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  mutating func next() -> UnsafeRawBufferPointer? {
    guard start < bytes.count, let base = bytes.baseAddress else { return nil }
    // The C library looks at many bytes at once.
    let end =
      memchr(base + start, Int32(UInt8(ascii: "\n")), bytes.count - start)
      .map { UnsafeRawPointer($0) - base } ?? bytes.count
    defer { start = end + 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
  }
}

extension UnsafeRawBufferPointer {
  var jsonLines: JSONByteLines { JSONByteLines(self) }

  /// Whether a line has nothing but white space.
  var isBlankJSON: Bool { !contains { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D } }
}
