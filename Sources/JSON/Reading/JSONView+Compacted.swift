extension JSONView {
  /// The same value in a document of its own that takes no more memory than it needs.
  ///
  /// A parser's document has room for what its input might have been: about ten times the input's length. To keep many
  /// values, keep compacted ones.
  ///
  /// - Complexity: O(size of the value).
  public func compacted() -> JSONView {
    let source = cursor
    let start = source.word - source.tape
    let extent = source.extent
    var stringBytes = 8
    forEachWord { word in
      if UInt8(truncatingIfNeeded: word.pointee >> 56) == UInt8(ascii: "\"") {
        stringBytes += source.text(word.pointee).count + 5
      }
    }
    let tape = UnsafeMutablePointer<UInt64>.allocate(capacity: extent + 1)
    let strings = UnsafeMutablePointer<UInt8>.allocate(capacity: stringBytes)
    strings.initialize(repeating: 0, count: stringBytes)
    tape[0] = UInt64(UInt8(ascii: "r")) << 56 | UInt64(extent + 1)
    var used = 0
    // Indices in brackets count from the document's start; the copy starts at word 1.
    let shift = start - 1
    forEachWord { word in
      let index = word - source.word + 1
      let bits = word.pointee
      switch UInt8(truncatingIfNeeded: bits >> 56) {
      case UInt8(ascii: "\""):
        let text = source.text(bits)
        tape[index] = UInt64(UInt8(ascii: "\"")) << 56 | UInt64(used)
        (strings + used).update(from: text.entry, count: text.count + 4)
        used += text.count + 5
      case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        tape[index] =
          bits & 0xFFFF_FFFF_0000_0000
          | UInt64(Int(truncatingIfNeeded: bits & 0xFFFF_FFFF) - shift)
      case UInt8(ascii: "l"), UInt8(ascii: "u"), UInt8(ascii: "d"):
        tape[index] = bits
        tape[index + 1] = word[1]
      default:
        tape[index] = bits
      }
    }
    return JSONDocument(tape: tape, strings: strings).root
  }

  /// Visits each word of the value's part of the tape but the second ones of numbers.
  private func forEachWord(_ body: (UnsafePointer<UInt64>) -> Void) {
    var position = cursor.word
    let end = cursor.next
    while position < end {
      body(position)
      switch UInt8(truncatingIfNeeded: position.pointee >> 56) {
      case UInt8(ascii: "l"), UInt8(ascii: "u"), UInt8(ascii: "d"): position += 2
      default: position += 1
      }
    }
  }
}
