#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#endif

/// Copies lists of objects out of texts in the pretty layout to where they are written again.
///
/// No value is read: the lines are moved to where they stand now. No string has the end of a line in it.
public struct JSONListCopier: Sendable {
  /// In how many objects and arrays the lists stand in their texts.
  private let depth: Int
  /// How the lines begin on which the members of an object do.
  private let members: [[UInt8]]

  /// - Parameters:
  ///   - members: The names of each object's members, in their order: a list whose objects have others is not copied.
  ///   - depth: In how many objects and arrays the lists stand in their texts.
  public init(members: [String], depth: Int) {
    self.depth = depth
    self.members = members.map { name in
      var writer = JSONWriter(layout: .pretty)
      writer.value(name)
      writer.colon()
      return writer.bytes
    }
  }

  /// The first objects of a list, as a list that stands at another depth; nil for what is no such list.
  ///
  /// - Parameters:
  ///   - text: The list from its bracket to its bracket, as a ``JSONWriter`` wrote it in the pretty layout.
  ///   - most: How many objects are copied, at least one.
  func copy(_ text: ArraySlice<UInt8>, most: Int, depth place: Int) -> [UInt8]? {
    let shift = 2 * (place - depth)
    guard shift >= 0, text.count > 2, most > 0 else { return nil }
    // A line that is copied has its end, the indentation of an object and a byte; shifted, and perhaps with a comma before it.
    let room = text.count + (shift + 1) * (text.count / (2 * depth + 4)) + 2 * place + 2
    let copy = [UInt8](unsafeUninitializedCapacity: room) { copy, count in
      text.withUnsafeBufferPointer { text in
        guard let to = copy.baseAddress, let from = text.baseAddress else { return }
        var lines = Lines(from: from, end: from + text.count, to: to, shift: shift)
        if copyLines(&lines, most: most) { count = lines.to - to }
      }
    }
    // Whatever the text is, what is written is JSON.
    return (try? JSONView(parsing: copy)) != nil ? copy : nil
  }

  /// False for what is not what it should be.
  private func copyLines(_ lines: inout Lines, most: Int) -> Bool {
    let object = 2 * depth + 2
    guard lines.next(), lines.count == 1, lines[0] == UInt8(ascii: "[") else { return false }
    lines.append(UInt8(ascii: "["))
    var copied = 0
    // How many members of the object that is open were seen.
    var seen: Int?
    while copied < most {
      guard lines.next() else { return false }
      switch (lines[object], seen) {
      case (UInt8(ascii: "{"), nil):
        if copied > 0 { lines.append(UInt8(ascii: ",")) }
        lines.copy()
        seen = 0
      case (UInt8(ascii: "}"), members.count):
        lines.copy(object + 1)
        seen = nil
        copied += 1
      case (UInt8(ascii: " "), let count?):
        if lines[object + 2] == UInt8(ascii: "\"") {
          guard count < members.count, lines.has(members[count], at: object + 2) else {
            return false
          }
          seen = count + 1
        }
        lines.copy()
      case (nil, nil):
        guard copied > 0, lines[2 * depth] == UInt8(ascii: "]") else { return false }
        copied = most
      default: return false
      }
    }
    lines.appendLine(UInt8(ascii: "]"), indentation: 2 * depth)
    return true
  }

  /// The lines of a text, and where they are copied to.
  private struct Lines {
    /// The line.
    var from: UnsafePointer<UInt8>
    var count = -1
    /// Behind the text.
    let end: UnsafePointer<UInt8>
    /// Behind what was copied.
    var to: UnsafeMutablePointer<UInt8>
    /// By how much lines are indented further.
    let shift: Int

    init(
      from: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, to: UnsafeMutablePointer<UInt8>,
      shift: Int
    ) {
      (self.from, self.end, self.to, self.shift) = (from, end, to, shift)
    }

    /// A byte of the line; nil behind its end.
    subscript(_ index: Int) -> UInt8? { index < count ? from[index] : nil }

    /// Whether bytes stand at a place of the line.
    func has(_ bytes: [UInt8], at index: Int) -> Bool {
      bytes.withUnsafeBufferPointer { bytes in
        index + bytes.count <= count
          && UnsafeBufferPointer(start: from + index, count: bytes.count).isSame(bytes)
      }
    }

    /// Goes to the next line; false behind the last.
    mutating func next() -> Bool {
      from += count + 1
      guard from < end else { return false }
      let found = memchr(from, 0x0A, end - from)
      count = (found.map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) } ?? end) - from
      return true
    }

    /// Copies the beginning of the line, or all of it, as a line.
    mutating func copy(_ length: Int? = nil) {
      let length = length ?? count
      beginLine(indentation: 0)
      to.initialize(from: from, count: length)
      to += length
    }

    mutating func appendLine(_ byte: UInt8, indentation: Int) {
      beginLine(indentation: indentation)
      append(byte)
    }

    mutating func append(_ byte: UInt8) {
      to.initialize(to: byte)
      to += 1
    }

    private mutating func beginLine(indentation: Int) {
      append(0x0A)
      to.initialize(repeating: UInt8(ascii: " "), count: shift + indentation)
      to += shift + indentation
    }
  }
}

extension JSONWriter {
  /// Writes a member that is the beginning of a list of objects by copying it from a text.
  ///
  /// - Parameters:
  ///   - text: The list from its bracket to its bracket, as a writer wrote it in the pretty layout.
  ///   - most: How many objects are written.
  /// - Returns: Whether it was. Nothing is written where this layout is another one, or the objects are not those that the copier
  ///   copies.
  public mutating func array(
    _ name: String, _ text: ArraySlice<UInt8>, most: Int, by copier: JSONListCopier
  ) -> Bool {
    guard layout == .pretty, let copy = copier.copy(text, most: most, depth: depth) else {
      return false
    }
    self.name(name)
    bytes += copy
    return true
  }
}
