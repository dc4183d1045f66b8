#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#endif

/// Reads NDJSON: a JSON value a line, blank lines skipped.
///
/// Lines end with `\n` or `\r\n`; the last may end with the input. Memory is bound by the longest line: the buffers are
/// used again for every line, as long as the closure keeps no view beyond its call.
///
/// ```swift
/// var lines = JSONLines()
/// try lines.read(path: "users.ndjson") { line in
///   print(line.number, line.view["name"]?.string ?? "?")
/// }
/// ```
public struct JSONLines: ~Copyable {
  /// A line of the input.
  public struct Line {
    /// Counted from 1, blank lines included.
    public let number: Int
    /// The line's value. A closure that keeps it makes the next line allocate: keep ``JSONView/compacted()``.
    public let view: JSONView
  }

  /// How many bytes a line may have.
  public let lineLimit: Int
  /// How many bytes are read at once.
  public let chunkSize: Int
  private var parser: JSONParser

  /// A reader of lines of at most 64 MiB in chunks of 1 MiB unless told.
  ///
  /// - Parameter kept: How many views of small lines a closure may keep before the next line allocates.
  public init(
    depth: Int = 256, lineLimit: Int = 64 << 20, chunkSize: Int = 1 << 20, kept: Int = 0
  ) {
    self.lineLimit = max(1, lineLimit)
    self.chunkSize = max(1, chunkSize)
    parser = JSONParser(
      limits: JSONLimits(depth: depth, size: max(1, lineLimit)), documents: kept + 1)
  }

  /// Reads a file.
  ///
  /// - Parameter bytes: Called with every stretch of the file as it is read, for a digest.
  /// - Throws: ``JSONError`` with the line, or of kind `file`; what the closure throws.
  public mutating func read(
    path: String, bytes: (UnsafeRawBufferPointer) -> Void = { _ in },
    _ body: (Line) throws -> Void
  ) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw JSONError(kind: .file, message: "can't open \(path): \(Self.reason)")
    }
    defer { close(descriptor) }
    try read(descriptor: descriptor, bytes: bytes, body)
  }

  /// Reads a file descriptor to its end; does not close it. See ``read(path:bytes:_:)``.
  public mutating func read(
    descriptor: Int32, bytes: (UnsafeRawBufferPointer) -> Void = { _ in },
    _ body: (Line) throws -> Void
  ) throws {
    var buffer = LineBuffer(capacity: chunkSize)
    while true {
      let space = buffer.space(chunk: chunkSize)
      var count = Self.fill(descriptor, space)
      while count < 0, errno == EINTR { count = Self.fill(descriptor, space) }
      guard count >= 0 else {
        throw JSONError(kind: .file, message: "can't read: \(Self.reason)")
      }
      bytes(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(space)[..<count]))
      buffer.filled(count)
      while let line = buffer.nextLine(isLast: count == 0) {
        try parse(line, number: buffer.number, body)
      }
      if count == 0 { return }
      try checkLength(buffer.pending, number: buffer.number + 1)
    }
  }

  /// Reads lines that are in memory already. See ``read(path:bytes:_:)``.
  public mutating func read(_ input: [UInt8], _ body: (Line) throws -> Void) throws {
    try input.withUnsafeBytes { try read($0, body) }
  }

  /// Reads lines that are in memory already. See ``read(path:bytes:_:)``.
  public mutating func read(_ input: UnsafeRawBufferPointer, _ body: (Line) throws -> Void) throws {
    var start = 0
    var number = 0
    while start < input.count {
      let end = input[start...].firstIndex(of: UInt8(ascii: "\n")) ?? input.count
      number += 1
      // Not padded: the last line's padding would lie outside the input.
      try parse(
        UnsafeRawBufferPointer(rebasing: input[start..<end]), padded: false, number: number, body)
      start = end + 1
    }
  }

  /// Reads the lines of a chunk; a limit of lines is this reader's.
  package mutating func read(_ chunk: JSONLineChunk, _ body: (Line) throws -> Void) throws {
    var lines = chunk.lines.jsonLines
    var number = chunk.firstLine
    while let line = lines.next() {
      try parse(line, number: number, body)
      number += 1
    }
  }

  private mutating func parse(
    _ line: UnsafeRawBufferPointer, padded: Bool = true, number: Int, _ body: (Line) throws -> Void
  ) throws {
    try checkLength(line.count, number: number)
    if line.isBlankJSON { return }
    let view: JSONView
    do throws(JSONError) {
      view = try parser.parse(line, padded: padded)
    } catch {
      throw error.at(line: number)
    }
    try body(Line(number: number, view: view))
  }

  private func checkLength(_ count: Int, number: Int) throws(JSONError) {
    guard count <= lineLimit else { throw .tooLong(lineLimit, line: number) }
  }

  private static func fill(_ descriptor: Int32, _ space: UnsafeMutableRawBufferPointer) -> Int {
    #if canImport(Glibc)
    Glibc.read(descriptor, space.baseAddress, space.count)
    #else
    Musl.read(descriptor, space.baseAddress, space.count)
    #endif
  }

  private static var reason: String { String(cString: strerror(errno)) }
}
