import Testing
import Text
import YAML

enum Impact: String, CaseIterable, Sendable { case high, medium, low }

/// What one decoder makes of the value of `x`.
func decode<Value>(
  _ decoder: NodeDecoder<Value>, _ text: String
) -> (value: Value?, diagnostics: [String]) {
  let diagnostics = Diagnostics()
  let documents = YAMLParser.parse(text, file: "file.yaml", into: diagnostics)
  let value = documents.first?.root["x"].flatMap { decoder.decode($0, into: diagnostics) }
  return (value, diagnostics.all.map(\.description))
}

@Suite("Decoding values")
struct DecodingTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let marked: String
    let message: String
    let decode: @Sendable (String) -> [String]
    var testDescription: String { marked }

    init<Value>(_ decoder: NodeDecoder<Value>, _ marked: String, _ message: String) {
      self.marked = marked
      self.message = message
      decode = { text in
        let (value, diagnostics) = YAMLTests.decode(decoder, text)
        return value == nil ? diagnostics : diagnostics + ["decoded a value"]
      }
    }
  }

  static let faults: [Row] = [
    Row(.string, "x: ▸14", "expected a string, found the integer 14; put it in quotes: \"14\""),
    Row(.string, "x: ▸true", "expected a string, found true; put it in quotes: \"true\""),
    Row(.string, "x: ▸1.0", "expected a string, found the number 1.0; put it in quotes: \"1.0\""),
    Row(.string, "x:▸", "expected a string, found nothing"),
    Row(.string, "x: ▸~", "expected a string, found null"),
    Row(.string, "x: ▸[a]", "expected a string, found a list"),
    Row(.text, "x: ▸\" \"", "this text may not be empty"),
    Row(.integer, "x: ▸1.5", "expected an integer, found the number 1.5"),
    Row(.integer, "x: ▸\"5\"", "expected an integer, found the string '5'"),
    Row(.integer, "x: ▸1_000", "expected an integer, found the string '1_000'"),
    Row(
      .integer, "x: ▸99999999999999999999",
      "expected an integer, found the number 99999999999999999999, which does not fit in 64 bits"),
    Row(.integer(in: 0...100), "x: ▸101", "101 is out of range: 0 to 100"),
    Row(.number, "x: ▸.inf", "expected a number, found the number .inf"),
    Row(.number(in: 0...1), "x: ▸1.5", "1.5 is out of range: 0.0 to 1.0"),
    Row(.bool, "x: ▸no", "expected true or false, found the string 'no'; write false"),
    Row(.bool, "x: ▸On", "expected true or false, found the string 'On'; write true"),
    Row(.bool, "x: ▸maybe", "expected true or false, found the string 'maybe'"),
    Row(.switch, "x: ▸yes", "expected on or off, found the string 'yes'; write on"),
    Row(.switch, "x: ▸1", "expected on or off, found the integer 1; write on"),
    Row(.switch, "x: ▸{}", "expected on or off, found an empty mapping"),
    Row(
      .choice(of: Impact.self), "x: ▸hgih",
      "unknown value 'hgih'; did you mean 'high'? allowed: high, medium, low"),
    Row(
      .choice(of: Impact.self), "x: ▸critical",
      "unknown value 'critical'; allowed: high, medium, low"),
    Row(
      .choice(of: Impact.self), "x: ▸[high]", "expected one of high, medium, low, found a list"),
    Row(.choice(["a", "b"]), "x:▸", "expected one of a, b, found nothing"),
    Row(
      .timespan, "x: ▸24",
      "expected a timespan such as 30m, 24h, 14d or 1d12h, found the integer 24"),
    Row(
      .timespan, "x: ▸soon",
      "expected a timespan such as 30m, 24h, 14d or 1d12h, found the string 'soon'"),
    Row(.date, "x: ▸2027-02-29", "there is no 2027-02-29: that month has 28 days"),
    Row(.date, "x: ▸2027-13-01", "there is no 2027-13-01: a year has 12 months"),
    Row(
      .date, "x: ▸31.03.2027",
      "expected a date such as 2027-03-31, found the string '31.03.2027'"),
    Row(.date, "x: ▸2027", "expected a date such as 2027-03-31, found the integer 2027"),
    Row(
      .dnsLabel, "x: ▸SPEC",
      "'SPEC' is not a DNS label: use lower-case letters, digits and '-' "
        + "(at most 63, starting and ending with a letter or digit)"),
    Row(.list(of: .string), "x: ▸{ a: b }", "expected a list of strings, found a mapping"),
    Row(
      .list(of: .string), "x: ▸a", "expected a list of strings, found the string 'a'; write [a]"),
    Row(
      .list(of: .string), "x: ▸a, b",
      "expected a list of strings, found the string 'a, b'; write [\"a, b\"]"),
    Row(
      .date, "x: ▸+027-01-01", "expected a date such as 2027-03-31, found the string '+027-01-01'"),
    Row(
      .list(of: .integer), "x: ▸3", "expected a list of integers, found the integer 3; write [3]"),
    Row(.list(of: .integer), "x:▸", "expected a list of integers, found nothing"),
    Row(
      .list(of: .list(of: .string)), "x: ▸{}",
      "expected a list of lists of strings, found an empty mapping"),
    Row(.nonEmptyList(of: .string), "x: ▸[]", "this list may not be empty"),
    Row(
      .list(of: .string), "x: [a, ▸1]",
      "expected a string, found the integer 1; put it in quotes: \"1\""),
    Row(.dictionary(of: .string), "x: ▸[a]", "expected a mapping of strings, found a list"),
    Row(
      .dictionary(of: .integer), "x: { a: 1, b: ▸c }",
      "expected an integer, found the string 'c'"),
    Row(
      .value, "x: { a: [▸99999999999999999999] }",
      "the number 99999999999999999999 does not fit in 64 bits; "
        + "put it in quotes to keep it as text"),
    Row(
      .string, "x: ▸[\"\\e[31m\"]", "expected a string, found a list"),
    Row(
      .integer, "x: ▸\"\\e[31m\\n\\u202E\"",
      "expected an integer, found the string 'U+001B[31m\\nU+202E'"),
    Row(
      .integer, "x: ▸" + String(repeating: "a", count: 100),
      "expected an integer, found the string '\(String(repeating: "a", count: 60))…'"),
  ]

  @Test("says what was expected and what was found", arguments: faults)
  func fault(row: Row) {
    let input = MarkedText(row.marked)
    #expect(row.decode(input.text) == [input.error(row.message)])
  }

  @Test("reads what is meant")
  func values() {
    #expect(decode(.string, "x: no").value == "no")
    #expect(decode(.string, "x: 2024-01-01").value == "2024-01-01")
    #expect(decode(.string, "x: \"\"").value == "")
    #expect(decode(.integer, "x: 0x1F").value == 31)
    #expect(decode(.integer(in: 0...100), "x: 100").value == 100)
    #expect(decode(.number, "x: 3").value == 3)
    #expect(decode(.bool, "x: True").value == true)
    #expect(decode(.choice(of: Impact.self), "x: low").value == .low)
    #expect(decode(.choice(["on", "true"]), "x: true").value == "true")
    #expect(decode(.timespan, "x: 1d12h").value?.seconds == 129_600)
    #expect(decode(.date, "x: 2028-02-29").value == CalendarDate(year: 2028, month: 2, day: 29))
    #expect(decode(.date, "x: \"2028-02-29\"").value?.day == 29)
    #expect(decode(.dnsLabel, "x: okta-eu-2").value == "okta-eu-2")
    #expect(decode(.list(of: .integer), "x: [1, 2]").value == [1, 2])
    #expect(decode(.dictionary(of: .string), "x: { a: b }").value == ["a": "b"])
  }

  @Test(
    "a switch is on or off, true or false",
    arguments: [
      ("on", true), ("off", false), ("true", true), ("false", false), ("\"on\"", true),
    ])
  func switches(text: String, expected: Bool) {
    #expect(decode(.switch, "x: \(text)").value == expected)
  }

  @Test("keeps the node beside the value")
  func located() throws {
    let dates = try #require(
      decode(.list(of: .located(.date)), "x:\n  - 2027-03-31\n  - 2027-04-30\n").value)
    #expect(dates.map(\.mark.line) == [2, 3])
    #expect(dates.map(\.mark.column) == [5, 5])
    let entries = try #require(decode(.entries(of: .integer), "x: { b: 2, a: 1 }").value)
    #expect(entries.map(\.name.value) == ["b", "a"])
    #expect(entries.map(\.name.mark.column) == [6, 12])
    #expect(entries.map(\.value.mark.column) == [9, 15])
  }

  @Test("keeps free-form values in order")
  func freeForm() {
    #expect(
      decode(.value, "x: { b: [1, 1.5, yes, true, ~], a: { c: '1' } }").value
        == ["b": [1, 1.5, "yes", true, nil], "a": ["c": "1"]])
  }

  @Test("names every fault of a list")
  func everyFault() {
    #expect(
      decode(.list(of: .date), "x: [1, 2027-03-31, soon]").diagnostics == [
        "file.yaml:1:5: error: expected a date such as 2027-03-31, found the integer 1",
        "file.yaml:1:20: error: expected a date such as 2027-03-31, found the string 'soon'",
      ])
  }
}
