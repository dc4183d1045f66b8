import Git
import Testing

@Suite("ObjectID")
struct ObjectIDTests {
  @Test("comes back from its digits and its bytes as it was")
  func roundTrip() throws {
    let hex = "0123456789abcdef0123456789abcdeffedcba98"
    let id = try #require(ObjectID(hex: hex))
    #expect(id.hex == hex)
    #expect(id.description == hex)
    #expect(id.shortHex == "0123456")
    #expect(id.bytes.count == 20)
    #expect(id.bytes.first == 0x01 && id.bytes.last == 0x98)
    #expect(ObjectID(bytes: id.bytes) == id)
    #expect(ObjectID(hex: hex.uppercased()) == id)
  }

  @Test(
    "refuses what is not forty digits",
    arguments: [
      "", "0", "012345678", "0123456789abcdef0123456789abcdeffedcba9",
      "0123456789abcdef0123456789abcdeffedcba980", "0123456789abcdef0123456789abcdeffedcba9800",
      "g123456789abcdef0123456789abcdeffedcba98", "0x23456789abcdef0123456789abcdeffedcba98",
    ])
  func refuses(_ text: String) {
    #expect(ObjectID(hex: text) == nil)
  }

  @Test("orders as its digits do")
  func order() throws {
    let digits = ["00", "7f", "80", "ff"].map { $0 + String(repeating: "0", count: 38) }
    let ids = digits.compactMap { ObjectID(hex: $0) }
    #expect(ids.reversed().sorted().map(\.hex) == digits)
    #expect(ObjectID.zero == ids[0])
  }
}
