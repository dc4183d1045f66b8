import JSON
import Testing

@testable import Reports

@Suite("Value movements")
struct ValueMovementTests {
  private static let names: [JSONValue] = (1...5).map { .string("person-\($0)@contoso.example") }

  @Test(
    "show values whole, and of long lists what differs",
    arguments: [
      (from: 14, to: 8, before: "14", after: "8"),
      (from: "a", to: nil, before: "\"a\"", after: "null"),
      (from: ["a", "b"], to: ["a"], before: "[\"a\",\"b\"]", after: "[\"a\"]"),
      (
        from: .array(names.dropLast()), to: .array(names), before: "4 elements",
        after: "5: + \"person-5@contoso.example\""
      ),
      (
        from: .array(names), to: .array(Array(names.dropFirst()) + ["x"]), before: "5 elements",
        after: "5: − \"person-1@contoso.example\"; + \"x\""
      ),
    ] as [(from: JSONValue, to: JSONValue, before: String, after: String)])
  func values(from: JSONValue, to: JSONValue, before: String, after: String) {
    let movement = ValueMovement(from: from, to: to, longest: 200)
    #expect(movement.before == before)
    #expect(movement.after == after)
  }

  @Test("show lists whole that have nothing in common, or differ in order alone")
  func whole() {
    let other = JSONValue.array([.string(String(repeating: "x", count: 80))])
    let movement = ValueMovement(from: .array(Self.names), to: other, longest: 400)
    #expect(movement.after == "[\"\(String(repeating: "x", count: 80))\"]")
    let reversed = ValueMovement(
      from: .array(Self.names), to: .array(Self.names.reversed()), longest: 20)
    #expect(reversed.after == "[\"person-5@contoso.e… (116 more characters)")
  }
}
