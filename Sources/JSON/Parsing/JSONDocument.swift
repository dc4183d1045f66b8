internal import CSimdjson

/// A parsed document: simdjson's tape and its strings, immutable once a ``JSONView`` of it exists.
///
/// The tape holds a 64-bit word per value, in document order
/// ([simdjson's description](https://github.com/simdjson/simdjson/blob/master/doc/tape.md)):
///
/// - the top byte is the type, one of `r [ ] { } " l u d t f n`;
/// - `[` and `{`: the low 32 bits are the index behind the closing word, the 24 bits above the count (saturating);
/// - `"`: the low 56 bits are an offset into the strings: a 32-bit length, the bytes, a zero;
/// - `l`, `u`, `d`: the next word is the number.
///
/// Unchecked: the pointers never change and what they point to is written only by a ``JSONParser`` that holds the only
/// reference.
public final class JSONDocument: JSONTextOwner, @unchecked Sendable {
  @usableFromInline let tape: UnsafePointer<UInt64>
  @usableFromInline let strings: UnsafePointer<UInt8>
  /// The longest input this document has room for.
  let capacity: Int
  private let storage: Storage

  private enum Storage {
    case simdjson(OpaquePointer)
    case compact(UnsafeMutablePointer<UInt64>, UnsafeMutablePointer<UInt8>)
  }

  /// Room for an input of that many bytes; nil when memory runs out.
  init?(capacity: Int) {
    guard let document = csimdjson_document_new(capacity),
      let tape = csimdjson_document_tape(document),
      let strings = csimdjson_document_strings(document)
    else { return nil }
    self.tape = tape
    self.strings = strings
    self.capacity = capacity
    self.storage = .simdjson(document)
  }

  /// Takes over a tape and strings made by ``JSONView/compacted()``.
  init(tape: UnsafeMutablePointer<UInt64>, strings: UnsafeMutablePointer<UInt8>) {
    self.tape = UnsafePointer(tape)
    self.strings = UnsafePointer(strings)
    self.capacity = 0
    self.storage = .compact(tape, strings)
  }

  deinit {
    switch storage {
    case .simdjson(let document): csimdjson_document_free(document)
    case .compact(let tape, let strings):
      tape.deallocate()
      strings.deallocate()
    }
  }

  /// simdjson's document, to parse into; nil for a compacted one.
  var handle: OpaquePointer? {
    if case .simdjson(let document) = storage { document } else { nil }
  }

  /// The document's value.
  public var root: JSONView { JSONView(document: self, word: tape + 1) }
}
