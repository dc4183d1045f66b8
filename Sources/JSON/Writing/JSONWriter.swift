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
    if isFilled { breakLine() }
    bytes.append(UInt8(ascii: closing))
  }

  mutating func name(_ name: String) {
    separate()
    quoted(name.utf8.span)
    colon()
  }

  mutating func colon() {
    bytes.append(UInt8(ascii: ":"))
    if layout == .pretty { bytes.append(UInt8(ascii: " ")) }
  }

  mutating func separate() {
    if isFilled { bytes.append(UInt8(ascii: ",")) }
    isFilled = true
    breakLine()
  }

  private mutating func breakLine() {
    guard layout == .pretty else { return }
    bytes.append(UInt8(ascii: "\n"))
    for _ in 0..<(2 * depth) { bytes.append(UInt8(ascii: " ")) }
  }

  mutating func raw(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  /// A string in quotes, escaped as RFC 8259 section 7 asks and no further.
  mutating func quoted(_ text: borrowing Span<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    text.withUnsafeBufferPointer { escaped($0) }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escaped(_ text: UnsafeBufferPointer<UInt8>) {
    // What needs no escape is copied as a whole.
    var kept = 0
    for index in text.indices {
      let byte = text[index]
      guard byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F else { continue }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[kept..<index]))
      kept = index + 1
      switch byte {
      case UInt8(ascii: "\""): raw("\\\"")
      case UInt8(ascii: "\\"): raw("\\\\")
      case 0x08: raw("\\b")
      case 0x09: raw("\\t")
      case 0x0A: raw("\\n")
      case 0x0C: raw("\\f")
      case 0x0D: raw("\\r")
      default:
        raw("\\u00")
        bytes.append(Self.hexadecimal(byte >> 4))
        bytes.append(Self.hexadecimal(byte & 0x0F))
      }
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[kept...]))
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8 {
    digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
  }
}
