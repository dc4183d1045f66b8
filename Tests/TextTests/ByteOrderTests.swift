import Testing
import Text

@Suite("The order of bytes")
struct ByteOrderTests {
  @Test("is git's: by the first byte that differs, then by length")
  func order() {
    let names = [
      "", "a", "a-b", "a.yaml", "a/b", "ab", "b", "z", "\u{E9}", "\u{FFFD}", "\u{1F600}",
    ]
    for (place, name) in names.enumerated() {
      for (other, second) in names.enumerated() {
        #expect(name.isBefore(second) == (place < other))
      }
    }
  }

  @Test("tells texts apart that are the same characters")
  func normalisation() {
    #expect("e\u{301}" == "\u{E9}")
    #expect("e\u{301}".isBefore("\u{E9}"))
  }
}
