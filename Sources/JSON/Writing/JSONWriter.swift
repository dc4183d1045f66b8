/// Writes JSON into bytes: the same calls always give the same bytes.
///
/// Members are written in the order given. Doubles are the shortest decimals that read back to the same double; a double
/// that is not finite has no JSON and becomes `null`. Characters that need no escape are written as UTF-8.
///
/// ```swift
/// var writer = JSONWriter(layout: .pretty)
/// writer.object {
///   $0.member("name", "Anna")
///   $0.array("roles") { $0.element("ADMIN") }
/// }
/// String(decoding: writer.bytes, as: UTF8.self)
/// ```
public struct JSONWriter: Sendable {
  /// Where white space goes.
  public enum Layout: Hashable, Sendable {
    /// None.
    case compact
    /// A line per element and member, two spaces a level; empty arrays and objects stay on their line.
    case pretty
  }

  /// What has been written.
  public internal(set) var bytes: [UInt8] = []
  let layout: Layout
  private(set) var depth = 0
  /// Whether the array or object that is open has something in it.
  private var isFilled = false

  /// A writer with nothing written.
  public init(layout: Layout = .compact) {
    self.layout = layout
  }

  /// What has been written, as a string.
  public var string: String { String(decoding: bytes, as: UTF8.self) }

  /// Forgets what has been written and keeps the memory.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    depth = 0
    isFilled = false
  }

  /// Ends a line: between documents of NDJSON and at a file's end.
  public mutating func newline() {
    bytes.append(UInt8(ascii: "\n"))
  }

  // MARK: Values

  /// Writes a value as the document itself.
  public mutating func value(_ value: some JSONWritable) {
    value.write(to: &self)
  }

  /// Writes an object whose members the closure writes.
  public mutating func object<Failure: Error>(
    _ members: (inout JSONWriter) throws(Failure) -> Void
  ) throws(Failure) {
    try nest("{", "}", members)
  }

  /// Writes an array whose elements the closure writes.
  public mutating func array<Failure: Error>(
    _ elements: (inout JSONWriter) throws(Failure) -> Void
  ) throws(Failure) {
    try nest("[", "]", elements)
  }

  /// Makes room for elements that follow and are like those written, as far as one can tell: what has been written is copied
  /// less often then.
  ///
  /// - Parameters:
  ///   - count: How many follow.
  ///   - written: How many were written.
  ///   - start: How many bytes there were before those.
  public mutating func expect(_ count: Int, like written: Int, since start: Int) {
    // Each time that they are twice as many, and for so many times of them that the first may be far larger than the others.
    guard count > 0, written & (written - 1) == 0 else { return }
    let size = (bytes.count - start) / written
    let room = bytes.count + min(size * count / 8 * 9, 16 * bytes.count)
    if room > 2 * bytes.capacity { bytes.reserveCapacity(room) }
  }

  // MARK: Members of the object that is open

  /// Writes a member.
  public mutating func member(_ name: String, _ value: some JSONWritable) {
    self.name(name)
    value.write(to: &self)
  }

  /// Writes a member when there is a value for it.
  public mutating func member(ifPresent name: String, _ value: (some JSONWritable)?) {
    if let value { member(name, value) }
  }

  /// Writes a member that is an object.
  public mutating func object<Failure: Error>(
    _ name: String, _ members: (inout JSONWriter) throws(Failure) -> Void
  ) throws(Failure) {
    self.name(name)
    try object(members)
  }

  /// Writes a member that is an array.
  public mutating func array<Failure: Error>(
    _ name: String, _ elements: (inout JSONWriter) throws(Failure) -> Void
  ) throws(Failure) {
    self.name(name)
    try array(elements)
  }

  /// Writes a member that is an array of what a sequence has.
  public mutating func array<Elements: Sequence>(_ name: String, _ elements: Elements)
  where Elements.Element: JSONWritable {
    array(name) { for element in elements { $0.element(element) } }
  }

  /// Writes a member whose name is at hand as UTF-8.
  public mutating func member(utf8 name: borrowing Span<UInt8>, _ value: some JSONWritable) {
    separate()
    quoted(name)
    colon()
    value.write(to: &self)
  }

  /// Writes a string that is at hand as UTF-8, as the value that is due.
  public mutating func text(utf8 text: borrowing Span<UInt8>) { quoted(text) }

  // MARK: Elements of the array that is open

  /// Writes an element.
  public mutating func element(_ value: some JSONWritable) {
    separate()
    value.write(to: &self)
  }

  /// Writes an element that is an object.
  public mutating func elementObject<Failure: Error>(
    _ members: (inout JSONWriter) throws(Failure) -> Void
  ) throws(Failure) {
    separate()
    try object(members)
  }

  /// Writes an element that is an array.
  public mutating func elementArray<Failure: Error>(
    _ elements: (inout JSONWriter) throws(Failure) -> Void
  ) throws(Failure) {
    separate()
    try array(elements)
  }

  // MARK: Bytes

  private mutating func nest<Failure: Error>(
    _ opening: Unicode.Scalar, _ closing: Unicode.Scalar,
    _ body: (inout JSONWriter) throws(Failure) -> Void
  ) throws(Failure) {
    bytes.append(UInt8(ascii: opening))
    let outer = isFilled
    isFilled = false
    depth += 1
    defer { isFilled = outer }
    try body(&self)
    depth -= 1
    if isFilled { breakLine(after: false) }
    bytes.append(UInt8(ascii: closing))
  }

  mutating func name(_ name: String) {
    separate()
    quoted(name.utf8.span)
    colon()
  }

  mutating func colon() {
    literal(layout == .pretty ? ": " : ":")
  }

  mutating func separate() {
    breakLine(after: isFilled)
    isFilled = true
  }

  /// - Parameter isFilled: Whether a comma comes before.
  private mutating func breakLine(after isFilled: Bool) {
    guard layout == .pretty else {
      if isFilled { literal(",") }
      return
    }
    let start = isFilled ? 0 : 1
    let spaces = Self.line.utf8CodeUnitCount - 2
    bytes.append(
      contentsOf: UnsafeBufferPointer(
        start: Self.line.utf8Start + start, count: 2 - start + min(spaces, 2 * depth)))
    if spaces < 2 * depth {
      bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth - spaces))
    }
  }

  /// A comma, the end of a line, and an indentation.
  private static let line: StaticString =
    ",\n                                                                "

  private mutating func literal(_ text: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func raw(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  /// A string in quotes, escaped as RFC 8259 section 7 asks and no further.
  mutating func quoted(_ text: borrowing Span<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    text.withUnsafeBufferPointer { text in
      // What needs no escape is copied as a whole.
      var kept = 0
      while let place = text.firstEscaped(from: kept) {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[kept..<place]))
        escape(text[place])
        kept = place + 1
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[kept...]))
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): literal("\\\"")
    case UInt8(ascii: "\\"): literal("\\\\")
    case 0x08: literal("\\b")
    case 0x09: literal("\\t")
    case 0x0A: literal("\\n")
    case 0x0C: literal("\\f")
    case 0x0D: literal("\\r")
    default:
      literal("\\u00")
      bytes.append(Self.hexadecimal(byte >> 4))
      bytes.append(Self.hexadecimal(byte & 0x0F))
    }
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8 {
    digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
  }
}
