// Eight bytes are looked at at once: a byte of a word that is looked for leaves its highest bit behind.

extension UnsafeBufferPointer<UInt8> {
  /// Where the first byte stands that a string of JSON escapes here; nil for none.
  func firstEscaped(from start: Int) -> Int? {
    first(from: start) { $0.below(0x20) | $0.equal(0x22) | $0.equal(0x5C) | $0.equal(0x7F) }
  }

  /// Where the first byte stands for which a word has a bit; nil for none.
  ///
  /// - Parameter marks: Marks bytes of a word; the lowest mark is right, and there is none without.
  @inline(__always) fileprivate func first(from start: Int, _ marks: (UInt64) -> UInt64) -> Int? {
    guard let bytes = UnsafeRawPointer(baseAddress) else { return nil }
    var place = start
    while place + 8 <= count {
      let found = marks(bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian)
      if found != 0 { return place + found.trailingZeroBitCount >> 3 }
      place += 8
    }
    if place == count { return nil }
    let found = marks(lastWord(from: place, of: bytes))
    return found == 0 ? nil : place + found.trailingZeroBitCount >> 3
  }

  /// The bytes from a place on, fewer than eight and at least one, with letters behind them.
  @inline(__always) private func lastWord(from place: Int, of bytes: UnsafeRawPointer) -> UInt64 {
    func load<Word: FixedWidthInteger & BitwiseCopyable>(_ place: Int, _: Word.Type) -> UInt64 {
      UInt64(bytes.loadUnaligned(fromByteOffset: place, as: Word.self).littleEndian)
    }
    let letters = (0x6161_6161_6161_6161 as UInt64) &<< UInt64(8 * (count - place))
    if count >= 8 {
      return letters | load(count - 8, UInt64.self) &>> UInt64(8 * (place + 8 - count))
    }
    let word =
      count >= 4
      ? load(0, UInt32.self) | load(count - 4, UInt32.self) &<< UInt64(8 * (count - 4))
      : load(0, UInt8.self) | load(count / 2, UInt8.self) &<< UInt64(8 * (count / 2))
        | load(count - 1, UInt8.self) &<< UInt64(8 * (count - 1))
    return letters | word &>> UInt64(8 * place)
  }
}

extension Span<UInt8> {
  /// Where the first byte stands that is this one, or no ASCII; nil for none.
  public func firstOffset(of byte: UInt8, orBeyondASCIIFrom start: Int) -> Int? {
    withUnsafeBufferPointer { $0.first(from: start) { $0 & .highest | $0.equal(byte) } }
  }
}

extension UInt64 {
  fileprivate static var ones: UInt64 { 0x0101_0101_0101_0101 }
  fileprivate static var highest: UInt64 { 0x8080_8080_8080_8080 }

  /// Marks of the bytes that are less than an ASCII character.
  @inline(__always) fileprivate func below(_ byte: UInt8) -> UInt64 {
    (self &- Self.ones &* UInt64(byte)) & ~self & Self.highest
  }

  /// Marks of the bytes that are this one.
  @inline(__always) fileprivate func equal(_ byte: UInt8) -> UInt64 {
    (self ^ Self.ones &* UInt64(byte)).below(1)
  }
}
