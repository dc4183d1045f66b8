import Testing
import YAML

@Suite("Core schema")
struct CoreScalarTests {
  static let rows: [(String, CoreScalar)] = [
    ("", .null), ("~", .null), ("null", .null), ("Null", .null), ("NULL", .null),
    ("nULL", .string("nULL")),
    ("true", .bool(true)), ("True", .bool(true)), ("TRUE", .bool(true)),
    ("false", .bool(false)), ("False", .bool(false)), ("FALSE", .bool(false)),
    ("tRUE", .string("tRUE")),
    ("yes", .string("yes")), ("no", .string("no")), ("on", .string("on")), ("off", .string("off")),
    ("y", .string("y")), ("n", .string("n")),
    ("0", .integer(0)), ("12", .integer(12)), ("-7", .integer(-7)), ("+3", .integer(3)),
    ("017", .integer(17)), ("0o17", .integer(15)), ("0x1F", .integer(31)), ("0xff", .integer(255)),
    ("-0x1F", .string("-0x1F")), ("0o18", .string("0o18")), ("0x", .string("0x")),
    ("0b11", .string("0b11")), ("0x+1", .string("0x+1")), ("1_000", .string("1_000")),
    ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
    ("9223372036854775808", .outOfRange("9223372036854775808")),
    ("0xFFFFFFFFFFFFFFFFF", .outOfRange("0xFFFFFFFFFFFFFFFFF")),
    ("1.5", .double(1.5)), ("-1.5", .double(-1.5)), (".5", .double(0.5)), ("5.", .double(5)),
    ("1e3", .double(1000)), ("1.5E-3", .double(0.0015)), ("+1e+2", .double(100)),
    ("1e999", .outOfRange("1e999")),
    (".", .string(".")), ("e3", .string("e3")), ("1e", .string("1e")), ("1.2.3", .string("1.2.3")),
    (".inf", .double(.infinity)), ("-.inf", .double(-.infinity)), ("+.INF", .double(.infinity)),
    (".Inf", .double(.infinity)), ("inf", .string("inf")), ("-.nan", .string("-.nan")),
    ("-", .string("-")), ("+", .string("+")),
    ("2024-01-01", .string("2024-01-01")), ("12:30", .string("12:30")), ("1 2", .string("1 2")),
    ("١٢", .string("١٢")),
  ]

  @Test("resolves plain scalars", arguments: rows)
  func plain(text: String, expected: CoreScalar) {
    #expect(CoreScalar(text) == expected)
  }

  @Test("knows .nan", arguments: [".nan", ".NaN", ".NAN"])
  func notANumber(text: String) {
    guard case .double(let number) = CoreScalar(text) else {
      Issue.record("\(text) is not a number")
      return
    }
    #expect(number.isNaN)
  }

  @Test("takes every quoted scalar for a string", arguments: rows)
  func quoted(text: String, expected: CoreScalar) {
    #expect(CoreScalar(text, isPlain: false) == .string(text))
  }
}
