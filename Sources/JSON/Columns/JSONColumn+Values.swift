// Single values: for whoever computes a row by itself.

extension JSONColumn {
  /// What a row's value is, to compute with.
  package enum Value {
    case unknown
    /// An error, or what is missing.
    case failure
    case null
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    /// A text of a document or a constant.
    case text(JSONText)
    /// A text that an expression made.
    case made(String)
    case array(JSONCursor)
    case object(JSONCursor)
    /// Microseconds since 1970.
    case time(Int64)
    /// The nanoseconds between two times.
    case span(Int64)
  }

  /// A row's value.
  ///
  /// - Parameter documents: What its arrays and objects are of; they are unknown without.
  package func value(_ row: Int, of documents: JSONRows?) -> Value {
    switch tag(row) {
    case .unknown: .unknown
    case .fault, .missing, .absent: .failure
    case .null: .null
    case .no: .bool(false)
    case .yes: .bool(true)
    case .int: .int(Int64(bitPattern: bits[row]))
    case .uint: .uint(bits[row])
    case .double: .double(Double(bitPattern: bits[row]))
    case .time: .time(Int64(bitPattern: bits[row]))
    case .span: .span(Int64(bitPattern: bits[row]))
    case .text where bits[row] & Self.made != 0:
      .made(String(decoding: text(row), as: UTF8.self))
    case .text: .text(JSONText(entry: entry(row), holder: textHolder))
    case .array: cursor(row, of: documents).map(Value.array) ?? .unknown
    case .object: cursor(row, of: documents).map(Value.object) ?? .unknown
    }
  }

  /// Who holds a text's bytes is asked by nobody while a batch runs.
  private static let holder = JSONTextStorage("")

  private var textHolder: Unmanaged<JSONTextOwner> { .passUnretained(Self.holder) }

  private func cursor(_ row: Int, of documents: JSONRows?) -> JSONCursor? {
    guard let document = documents?.document(row) else { return nil }
    return UnsafePointer<UInt64>(bitPattern: UInt(bits[row])).map {
      JSONCursor(word: $0, holder: .passUnretained(document))
    }
  }

  /// Sets a row to a text of something that lives as long as the batch.
  package func set(_ row: Int, text: JSONText) {
    set(row, .text, UInt64(UInt(bitPattern: text.entry)))
  }

  /// Sets a row to a text that was made; unknown when it is long.
  package func set(_ row: Int, made text: String) {
    let bytes = text.utf8
    guard bytes.count < Self.longText else { return set(row, .unknown) }
    let entry = room(row)
    UnsafeMutableRawPointer(entry).storeBytes(of: UInt32(bytes.count), as: UInt32.self)
    for (index, byte) in bytes.enumerated() { entry[4 + index] = byte }
    set(row, .text, UInt64(UInt(bitPattern: UnsafePointer(entry))) | Self.made)
  }

  /// Sets a row to an array or an object; unknown when it is none of the row's document.
  package func set(_ row: Int, _ tag: Tag, _ cursor: JSONCursor, of documents: JSONRows) {
    guard let document = documents.document(row),
      cursor.holder.toOpaque() == Unmanaged.passUnretained(document).toOpaque()
    else { return set(row, .unknown) }
    set(row, tag, UInt64(UInt(bitPattern: cursor.word)))
  }

  /// Sets a row to the value of another column's.
  @inline(__always) package func set(_ row: Int, from other: JSONColumn, _ place: Int) {
    tags[row] = other.tags[place]
    bits[row] = other.bits[place]
  }

  /// Opens the rows that are in scope, unless another column says false there, or has an error.
  package func openUnlessFalse(_ other: JSONColumn, rows: Int) {
    for row in 0..<rows where tags[row] != Decision.out.rawValue {
      let tag = other.tags[row]
      if tag != Tag.no.rawValue && tag != Tag.fault.rawValue { tags[row] = Decision.open.rawValue }
    }
  }

  /// By row: whether the value is of one of the tags, a bit each; false where it already is.
  package func narrow(_ rows: inout ContiguousArray<Bool>, to wanted: UInt16) {
    for row in rows.indices where wanted >> UInt16(tags[row] & 15) & 1 == 0 { rows[row] = false }
  }
}

extension JSONCursor {
  /// Tells the value from every other one in memory.
  package var place: UInt { UInt(bitPattern: word) }
}
