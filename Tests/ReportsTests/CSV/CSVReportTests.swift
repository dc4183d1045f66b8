import Posture
import Testing

@testable import Reports

@Suite("CSV report")
struct CSVReportTests {
  @Test("has a record for each result, new failures first")
  func eventful() throws {
    try Golden.expect(
      String(decoding: CSVReport.plan(Sample.eventful.comparison), as: UTF8.self),
      matches: "plan.csv")
    let records = try ParsedCSV(CSVReport.plan(Sample.eventful.comparison)).records
    #expect(records.count == 9)
    #expect(records[1][0] == "okta-contoso-eu")
    #expect(records[1][3] == "okta-password-minimum-length")
    #expect(records[1][9] == "was compliant, the tenant changed")
  }

  @Test(
    "defuses formulas and quotes what needs it",
    arguments: [
      ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""),
      ("=1+1", "'=1+1"), ("+41", "'+41"), ("-2", "'-2"), ("@SUM(A1)", "'@SUM(A1)"),
      ("  =x", "'  =x"), (" x", "\" x\""), ("\"=x\"", "\"'\"\"=x\"\"\""), ("＝x", "'＝x"), ("", ""),
      ("a\nb", "\"a\nb\""), ("it's", "it's"), ("'=x", "''=x"),
    ])
  func fields(text: String, written: String) {
    #expect(Escaping.csv(text) == written)
  }
}

/// CSV, read strictly by RFC 4180.
struct ParsedCSV {
  struct Fault: Error {}

  private(set) var records: [[String]] = []

  init(_ bytes: [UInt8]) throws {
    var rest = String(decoding: bytes, as: UTF8.self).unicodeScalars[...]
    var record: [String] = []
    while !rest.isEmpty {
      var field = ""
      if rest.first == "\"" {
        rest.removeFirst()
        while true {
          guard let scalar = rest.popFirst() else { throw Fault() }
          if scalar != "\"" {
            field.unicodeScalars.append(scalar)
          } else if rest.first == "\"" {
            rest.removeFirst()
            field.append("\"")
          } else {
            break
          }
        }
      } else {
        while let scalar = rest.first, scalar != ",", scalar != "\r" {
          guard scalar != "\"", scalar != "\n" else { throw Fault() }
          field.unicodeScalars.append(rest.removeFirst())
        }
      }
      record.append(field)
      switch rest.popFirst() {
      case ",": continue
      case "\r":
        guard rest.popFirst() == "\n" else { throw Fault() }
        records.append(record)
        record = []
      default: throw Fault()
      }
    }
    guard record.isEmpty else { throw Fault() }
  }
}
