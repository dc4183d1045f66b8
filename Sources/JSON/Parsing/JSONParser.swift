internal import CSimdjson

/// Parses documents one after the other with the same buffers.
///
/// A view keeps its document alive. When the previous document is no longer referred to, its memory is used again, so
/// that a stream of documents, each dropped before the next is parsed, allocates nothing.
///
/// ```swift
/// var parser = JSONParser()
/// let view = try parser.parse(Array(#"{"name": "Anna"}"#.utf8))
/// view["name"]?.string  // "Anna"
/// ```
public struct JSONParser: ~Copyable, Sendable {
  /// What a document may ask of this parser.
  public let limits: JSONLimits
  private let engine: Engine
  private var document: JSONDocument?
  /// Documents for small inputs, used in turn: so many may be kept at a time without allocating.
  private var pool: [JSONDocument?]
  private var turn = 0

  /// Larger inputs share one document.
  private static let smallInput = 16 << 10

  /// A parser without buffers yet; they grow with the inputs.
  public init(limits: JSONLimits = JSONLimits()) {
    self.init(limits: limits, documents: 1)
  }

  /// A parser of which that many small documents may be kept before the memory of the first is used again.
  init(limits: JSONLimits, documents: Int) {
    self.limits = limits
    self.engine = Engine(depth: limits.depth)
    pool = documents > 1 ? Array(repeating: nil, count: documents) : []
  }

  /// Parses one document: any JSON value, white space around it, a UTF-8 byte order mark before it.
  ///
  /// An integer beyond `UInt64.max` or below `Int64.min` is an error, as simdjson can't represent it.
  ///
  /// - Throws: ``JSONError`` with the byte where the fault shows.
  public mutating func parse(_ bytes: UnsafeRawBufferPointer) throws(JSONError) -> JSONView {
    try parse(bytes, padded: false)
  }

  /// Parses one document held in an array. See ``parse(_:)-(UnsafeRawBufferPointer)``.
  public mutating func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONView {
    // Where the array has room behind its elements, nothing is copied to give the parser some.
    let isPadded = bytes.capacity - bytes.count >= Self.padding
    // The standard library's closure is not generic over a typed error that a mutating call needs.
    let result = bytes.withUnsafeBytes { pointer -> Result<JSONView, JSONError> in
      do throws(JSONError) { return .success(try parse(pointer, padded: isPadded)) } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Parses one document held in a span. See ``parse(_:)-(UnsafeRawBufferPointer)``.
  public mutating func parse(_ bytes: Span<UInt8>) throws(JSONError) -> JSONView {
    let result = bytes.withUnsafeBytes { pointer -> Result<JSONView, JSONError> in
      do throws(JSONError) { return .success(try parse(pointer, padded: false)) } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Parses the text of a document. See ``parse(_:)-(UnsafeRawBufferPointer)``.
  public mutating func parse(_ text: String) throws(JSONError) -> JSONView {
    try parse(Array(text.utf8))
  }

  /// The bytes that must be readable behind an input that is said to be padded: an array with room for so many more is not copied.
  package static var padding: Int { csimdjson_padding() }

  mutating func parse(_ input: UnsafeRawBufferPointer, padded: Bool) throws(JSONError) -> JSONView {
    let isMarked = input.count >= 3 && input[0] == 0xEF && input[1] == 0xBB && input[2] == 0xBF
    let skipped = isMarked ? 3 : 0
    let bytes = UnsafeRawBufferPointer(rebasing: input[skipped...])
    guard bytes.count <= limits.size else {
      throw JSONError(
        kind: .size,
        message: "the document has \(bytes.count) bytes, more than the limit of \(limits.size)")
    }
    guard let start = bytes.baseAddress, !bytes.isEmpty else { throw .emptyDocument }
    guard let parser = engine.handle else { throw .outOfMemory }
    let document = try documentWithRoom(for: bytes.count)
    let code = csimdjson_parse(
      parser, document.handle, start.assumingMemoryBound(to: UInt8.self), bytes.count,
      padded ? 1 : 0)
    guard code == 0 else {
      throw JSONError.describing(Int(code), bytes: bytes, skipped: skipped, limits: limits)
    }
    return document.root
  }

  private mutating func documentWithRoom(for count: Int) throws(JSONError) -> JSONDocument {
    if !pool.isEmpty, count <= Self.smallInput { return try pooledDocument(for: count) }
    // No binding of the document before the question: it would be a second reference.
    if (document?.capacity ?? -1) >= count, isKnownUniquelyReferenced(&document), let document {
      return document
    }
    document = nil
    guard let fresh = JSONDocument(capacity: (count + 1023) & ~1023) else { throw .outOfMemory }
    document = fresh
    return fresh
  }

  private mutating func pooledDocument(for count: Int) throws(JSONError) -> JSONDocument {
    turn = turn + 1 < pool.count ? turn + 1 : 0
    if (pool[turn]?.capacity ?? -1) >= count, isKnownUniquelyReferenced(&pool[turn]),
      let document = pool[turn]
    {
      return document
    }
    pool[turn] = nil
    guard let fresh = JSONDocument(capacity: (count + 1023) & ~1023) else { throw .outOfMemory }
    pool[turn] = fresh
    return fresh
  }

  /// Owns simdjson's parser. Unchecked: it is reached only through the one ``JSONParser`` that owns it.
  private final class Engine: @unchecked Sendable {
    let handle: OpaquePointer?
    init(depth: Int) { handle = csimdjson_parser_new(depth) }
    deinit { csimdjson_parser_free(handle) }
  }
}
