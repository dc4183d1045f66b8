/// One value for each row of a batch: a tag, and what fits in a word.
///
/// Texts, arrays and objects point into the documents of the batch and must not outlive them. A column belongs to one
/// batch at a time and to one thread.
package final class JSONColumn {
  /// How many rows a batch has at most.
  package static let capacity = 256

  /// What a row's value is.
  package enum Tag: UInt8, Sendable {
    case no = 0
    case yes = 1
    /// An error in the value's place.
    case fault = 2
    /// Not computed: somebody else must look at the row.
    case unknown = 3
    /// An object has no such member.
    case missing = 4
    /// What should be looked into is missing itself.
    case absent = 5
    case null = 6
    case int = 7
    case uint = 8
    case double = 9
    case text = 10
    case array = 11
    case object = 12
    /// Microseconds since 1970.
    case time = 13
    /// The nanoseconds between two times.
    case span = 14
  }

  /// By row: the raw values of ``Tag``.
  let tags: UnsafeMutablePointer<UInt8>
  /// By row: the number, or where the text, array or object stands.
  let bits: UnsafeMutablePointer<UInt64>
  /// Keeps the text of a constant.
  private var storage: JSONTextStorage?
  /// Room for a short text of its own in each row.
  private var texts: UnsafeMutablePointer<UInt8>?

  /// A column whose rows are unknown.
  package init() {
    tags = .allocate(capacity: Self.capacity)
    bits = .allocate(capacity: Self.capacity)
    tags.initialize(repeating: Tag.unknown.rawValue, count: Self.capacity)
    bits.initialize(repeating: 0, count: Self.capacity)
  }

  deinit {
    tags.deallocate()
    bits.deallocate()
    texts?.deallocate()
  }

  /// Room for a row's own text: its length, up to 63 bytes, and what may be read behind them.
  func room(_ row: Int) -> UnsafeMutablePointer<UInt8> {
    let each = 80
    if texts == nil {
      texts = .allocate(capacity: each * Self.capacity)
      texts?.initialize(repeating: 0, count: each * Self.capacity)
    }
    return texts.unsafelyUnwrapped + each * row
  }

  /// The same value in every row.
  package convenience init(repeating tag: Tag, bits value: UInt64 = 0) {
    self.init()
    tags.update(repeating: tag.rawValue, count: Self.capacity)
    bits.update(repeating: value, count: Self.capacity)
  }

  /// The same text in every row, copied.
  package convenience init(repeating text: String) {
    let storage = JSONTextStorage(text)
    self.init(
      repeating: .text, bits: UInt64(UInt(bitPattern: UnsafePointer(storage.entry))))
    self.storage = storage
  }

  /// What a row's value is.
  @inline(__always) package func tag(_ row: Int) -> Tag { Tag(rawValue: tags[row]) ?? .unknown }

  /// A row's number.
  package func int(_ row: Int) -> Int64? {
    tags[row] == Tag.int.rawValue ? Int64(bitPattern: bits[row]) : nil
  }

  /// Calls a closure with the bytes of a row's text; nil when it is no text.
  package func withText<Result>(_ row: Int, _ body: (Span<UInt8>) -> Result) -> Result? {
    guard tags[row] == Tag.text.rawValue else { return nil }
    return body(Span(_unsafeElements: text(row)))
  }

  /// Sets a row without a value of its own.
  @inline(__always) package func set(_ row: Int, _ tag: Tag, _ value: UInt64 = 0) {
    tags[row] = tag.rawValue
    bits[row] = value
  }

  /// Marks a text that an expression made: it weighs more than one of a document.
  static let made: UInt64 = 1 << 63

  /// Where a row's text stands: a 32-bit length, then the bytes.
  @inline(__always) func entry(_ row: Int) -> UnsafePointer<UInt8> { Self.entry(bits[row]) }

  @inline(__always) static func entry(_ bits: UInt64) -> UnsafePointer<UInt8> {
    // A text's bits are always the address of an entry, with a mark on those that were made.
    UnsafePointer(bitPattern: UInt(bits & ~made)).unsafelyUnwrapped
  }

  @inline(__always) func text(_ row: Int) -> UnsafeBufferPointer<UInt8> {
    let entry = entry(row)
    return UnsafeBufferPointer(
      start: entry + 4, count: Int(UnsafeRawPointer(entry).loadUnaligned(as: UInt32.self)))
  }

  /// Where the rows are, for as long as the column lives.
  struct Rows {
    let tags: UnsafeMutablePointer<UInt8>
    let bits: UnsafeMutablePointer<UInt64>

    @inline(__always) private func set(_ row: Int, _ tag: Tag, _ value: UInt64 = 0) {
      tags[row] = tag.rawValue
      bits[row] = value
    }

    /// Takes over the value that a word of a tape is.
    @inline(__always)
    func set(_ row: Int, word: UnsafePointer<UInt64>, strings: UnsafePointer<UInt8>) {
      let value = word.pointee
      switch UInt8(truncatingIfNeeded: value >> 56) {
      case UInt8(ascii: "\""):
        let entry = strings + Int(truncatingIfNeeded: value & 0x00FF_FFFF_FFFF_FFFF)
        set(row, .text, UInt64(UInt(bitPattern: entry)))
      case UInt8(ascii: "t"): set(row, .yes)
      case UInt8(ascii: "f"): set(row, .no)
      case UInt8(ascii: "l"): set(row, .int, word[1])
      case UInt8(ascii: "d"): set(row, .double, word[1])
      case UInt8(ascii: "u"): set(row, .uint, word[1])
      case UInt8(ascii: "{"): set(row, .object, UInt64(UInt(bitPattern: word)))
      case UInt8(ascii: "["): set(row, .array, UInt64(UInt(bitPattern: word)))
      default: set(row, .null)
      }
    }
  }

  var rows: Rows { Rows(tags: tags, bits: bits) }
}
