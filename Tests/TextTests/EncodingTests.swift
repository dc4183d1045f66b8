import Testing
import Text

@Suite("Encodings")
struct EncodingTests {
  @Test(
    "keep letters, digits and the marks that are named",
    arguments: [
      ("a Z/9", "-._~", "a%20Z%2F9"), ("a Z/9", "/", "a%20Z/9"), ("é\u{0}", "", "%C3%A9%00"),
      ("-._~", "-._~", "-._~"), ("", "", ""),
    ])
  func percent(text: String, marks: String, encoded: String) {
    #expect(PercentEncoding.encoded(text, keeping: marks) == encoded)
    #expect(PercentEncoding.decoded(encoded) == text)
  }

  @Test(
    "leave a stray per cent sign alone",
    arguments: [
      ("100%", "100%"), ("%2", "%2"), ("%zz%41", "%zzA"), ("%+1", "%+1"), ("%c3%A9", "é"),
    ])
  func stray(text: String, decoded: String) {
    #expect(PercentEncoding.decoded(text) == decoded)
  }

  @Test("write bytes as digits, and read them back")
  func hexadecimal() {
    let bytes = (UInt8.min...UInt8.max).map(\.self)
    let text = Hexadecimal.text(bytes)
    #expect(text.hasPrefix("000102") && text.hasSuffix("fdfeff") && text.utf8.count == 512)
    #expect(Hexadecimal.bytes(text) == bytes)
    #expect(Hexadecimal.bytes(text.uppercased()) == bytes)
    #expect(Hexadecimal.bytes("") == [])
    for text in ["0", "0x", "g0", " 0", "+1", "0１"] { #expect(Hexadecimal.bytes(text) == nil) }
  }

  @Test(
    "trim white space and line breaks at the ends alone",
    arguments: [
      ("", ""), (" \t\r\n", ""), ("a b", "a b"), ("\u{A0}\n a  b\r\n", "a  b"), ("é ", "é"),
    ])
  func trimming(text: String, trimmed: String) {
    #expect(text.trimmed == trimmed)
    #expect(text[...].trimmed == trimmed)
  }
}
