import Testing

@testable import CEL

/// What the conformance suite has no cases for.
@Suite("Extension libraries")
struct LibraryTests {
  @Test(
    "lists",
    arguments: [
      ("[1, 2, 3, 4].slice(1, 3)", "[2, 3]"), ("[1].slice(0, 0)", "[]"),
      ("[1].slice(1, 0)", "indexOutOfRange: can't slice 1..<0 of a list"),
      ("[1].slice(0, 2)", "indexOutOfRange: can't slice 0..<2 of a list"),
      ("[[1, 2], [[3]], []].flatten()", "[1, 2, [3]]"),
      ("dyn([1, [2, [3, [4]]]]).flatten(2)", "[1, 2, 3, [4]]"),
      ("dyn([1, [2]]).flatten(0)", "[1, [2]]"),
      ("dyn([1]).flatten(-1)", "invalidArgument: flatten's depth is negative"),
      ("lists.range(4)", "[0, 1, 2, 3]"), ("lists.range(-1)", "[]"),
      ("[3, 1, 2].sort()", "[1, 2, 3]"),
      ("['b', 'a', 'é', 'e\u{301}'].sort()", "[\"a\", \"b\", \"e\u{301}\", \"é\"]"),
      ("dyn([1, 'a']).sort()", "noSuchOverload: no such overload: sort(int, string)"),
      ("[[1]].sort()", "noSuchOverload: no such overload: sort(list)"), ("[].sort()", "[]"),
      ("['bbb', 'a', 'cc', 'd'].sortBy(x, size(x))", #"["a", "d", "cc", "bbb"]"#),
      ("[1, 2, 1, 1.0, 'a', 'a', [1], [1]].distinct()", #"[1, 2, "a", [1]]"#),
      ("[1, 2, 3].reverse()", "[3, 2, 1]"), ("[1, 2].first().value()", "1"),
      ("[1, 2].last()", "optional.of(2)"),
      ("[].first()", "optional.none()"), ("[].last().hasValue()", "false"),
    ])
  func lists(source: String, expected: String) throws {
    #expect(try evaluate(source) == expected)
  }

  @Test(
    "sets",
    arguments: [
      ("sets.contains([1, 2, 3], [2, 3.0])", "true"), ("sets.contains([1], [2])", "false"),
      ("sets.contains([], [])", "true"), ("sets.equivalent([1, 1], [1])", "true"),
      ("sets.equivalent([1, 2], [2])", "false"), ("sets.intersects([1, 2], [2, 3])", "true"),
      ("sets.intersects([1], [])", "false"),
      ("sets.contains([[1], {'a': 1}], [{'a': 1u}])", "true"),
    ])
  func sets(source: String, expected: String) throws {
    #expect(try evaluate(source) == expected)
  }

  @Test(
    "regex",
    arguments: [
      ("regex.replace('hello world', 'o', '0')", #""hell0 w0rld""#),
      ("regex.replace('banana', 'a', 'x', 2)", #""bxnxna""#),
      ("regex.replace('banana', 'a', 'x', 0)", #""banana""#),
      ("regex.replace('abc', '', '-')", #""-a-b-c-""#),
      (#"regex.replace('foo bar', r'(\w+) (\w+)', r'\2 \1')"#, #""bar foo""#),
      (#"regex.replace('ab', 'b', r'\\')"#, #""a\\""#),
      (#"regex.replace('ab', 'b', r'\1')"#, "invalidArgument: a replacement names group 1 of 0"),
      (
        #"regex.replace('ab', 'b', r'\x')"#,
        "invalidArgument: in a replacement a digit or a backslash follows each backslash"
      ),
      ("regex.replace('é😀é', '.', 'x')", #""xxx""#),
      (#"regex.extract('id: 42', r'id: (\d+)').value()"#, #""42""#),
      ("regex.extract('abc', 'b').value()", #""b""#),
      ("regex.extract('abc', 'x')", "optional.none()"),
      (
        "regex.extract('abc', '(a)(b)')",
        "invalidArgument: regex.extract takes a pattern with at most one group, not 2"
      ),
      (#"regex.extractAll('a1 b2 c3', r'[a-z](\d)')"#, #"["1", "2", "3"]"#),
      ("regex.extractAll('aaa', 'b')", "[]"),
      ("regex.extract('a', '(')", "invalidArgument: the pattern is invalid: missing ): ("),
    ])
  func regex(source: String, expected: String) throws {
    #expect(try evaluate(source) == expected)
  }

  @Test(
    "two-variable macros",
    arguments: [
      ("{'a': 1, 'b': 2}.transformMapEntry(k, v, {v: k})", #"{1: "a", 2: "b"}"#),
      ("{'a': 1, 'b': 2}.transformMapEntry(k, v, v > 1, {v: k})", #"{2: "b"}"#),
      ("['x', 'y'].transformMapEntry(i, v, {v: i})", #"{"x": 0, "y": 1}"#),
      ("{'a': 1, 'b': 1}.transformMapEntry(k, v, {v: k})", "duplicateKey: a map repeats the key 1"),
      (
        "{'a': 1}.transformMapEntry(k, v, dyn(1))",
        "noSuchOverload: no such overload: transformMapEntry(int)"
      ),
      ("['x'].transformMap(i, v, v)", #"{0: "x"}"#),
    ])
  func transforms(source: String, expected: String) throws {
    #expect(try evaluate(source) == expected)
  }

  @Test(
    "strings",
    arguments: [
      ("'a,b,c'.split(',', 2)", #"["a", "b,c"]"#), ("'abc'.split('')", #"["a", "b", "c"]"#),
      ("'abc'.split('', 2)", #"["a", "bc"]"#), ("''.split('')", "[]"), ("''.split(',')", #"[""]"#),
      ("'abc'.split('', 1)", #"["abc"]"#), ("'aé😀'.reverse()", #""😀éa""#),
      ("'abc'.replace('', '-')", #""-a-b-c-""#), ("'abc'.replace('', '-', 2)", #""-a-bc""#),
      ("'aaa'.replace('a', '', 1)", #""aa""#),
      ("'abc'.substring(2, 1)", "invalidArgument: substring's start 2 is behind its end 1"),
      ("'%s %s'.format([1])", "invalidArgument: a format has no argument for its clause 2"),
      ("'%'.format([])", "invalidArgument: a format ends within a clause"),
      ("'%.2000f'.format([1.0])", "invalidArgument: a format's precision is a number up to 1000"),
      (
        "'%.2f|%.0e|%x|%X|%o|%b'.format([1.005, 1234.5, -255, 'é', 8u, -5])",
        #""1.00|1e+03|-ff|C3A9|10|-101""#
      ),
      (
        "'%s'.format([[1, {'b': 2, 'a': [null, duration('1s')]}]])",
        #""[1, {a: [null, 1s], b: 2}]""#
      ),
      ("'é' == 'e\u{301}'", "false"), ("size('e\u{301}😀')", "3"), ("'é' < 'z'", "false"),
      ("{'é': 1, 'e\u{301}': 2}.size()", "2"),
      ("['a', 1].join()", "noSuchOverload: no such overload: join(int)"),
    ])
  func strings(source: String, expected: String) throws {
    #expect(try evaluate(source) == expected)
  }

  @Test(
    "timestamps, durations and time zones",
    arguments: [
      (
        "timestamp('2024-02-29T23:59:59.999999999Z')",
        #"timestamp("2024-02-29T23:59:59.999999999Z")"#
      ),
      ("timestamp('2024-02-29T00:00:00+14:00')", #"timestamp("2024-02-28T10:00:00Z")"#),
      (
        "timestamp('2023-02-29T00:00:00Z')",
        #"conversion: can't convert "2023-02-29T00:00:00Z" to timestamp"#
      ),
      ("timestamp('2024-01-01')", #"conversion: can't convert "2024-01-01" to timestamp"#),
      (
        "timestamp('2024-01-01T00:00:60Z')",
        #"conversion: can't convert "2024-01-01T00:00:60Z" to timestamp"#
      ),
      ("timestamp('1900-03-01T00:00:00Z').getDayOfYear()", "59"),
      ("timestamp('0001-01-01T00:00:00Z').getDayOfWeek()", "1"),
      ("timestamp('2024-07-01T00:00:00Z').getHours('Europe/Berlin')", "2"),
      ("timestamp('2024-01-01T00:00:00Z').getHours('Europe/Berlin')", "1"),
      (
        "timestamp('2024-01-01T00:00:00Z').getHours('Mars/Olympus')",
        "invalidArgument: there is no time zone 'Mars/Olympus'"
      ),
      (
        "timestamp('2024-01-01T00:00:00Z').getHours('+25:00')",
        "invalidArgument: there is no time zone '+25:00'"
      ),
      ("duration('1h30m0.5s')", #"duration("5400.5s")"#),
      ("duration('-1.5h')", #"duration("-5400s")"#),
      ("duration('1us') + duration('1ns') + duration('1ms')", #"duration("0.001001001s")"#),
      ("duration('0')", #"duration("0s")"#),
      ("duration('1')", #"conversion: can't convert "1" to duration"#),
      ("duration('1x')", #"conversion: can't convert "1x" to duration"#),
      ("duration('.5s')", #"duration("0.5s")"#),
      ("duration('-')", #"conversion: can't convert "-" to duration"#),
      ("timestamp(0) - duration('1ns')", #"timestamp("1969-12-31T23:59:59.999999999Z")"#),
      ("timestamp(1) > timestamp(0) && duration('2s') >= duration('1s')", "true"),
      ("duration('9223372036s') + duration('9223372036s')", "overflow: integer overflow"),
    ])
  func times(source: String, expected: String) throws {
    #expect(try evaluate(source) == expected)
  }

  @Test(
    "numbers",
    arguments: [
      ("9223372036854775807 + 1", "overflow: integer overflow"),
      ("-9223372036854775808 / -1", "overflow: integer overflow"),
      ("-9223372036854775808 % -1", "overflow: integer overflow"),
      ("0u - 1u", "overflow: integer overflow"),
      ("1 % 0", "divisionByZero: modulus by zero"), ("-7 / 2", "-3"), ("-7 % 2", "-1"),
      ("1.0 / 0.0 > 1.0", "true"),
      ("0.0 / 0.0 == 0.0 / 0.0", "false"), ("dyn(0.0 / 0.0) < 1", "false"),
      ("1 == dyn(1.0) && 1u == dyn(1)", "true"),
      ("int('-9223372036854775808')", "-9223372036854775808"),
      ("int('1.5')", #"conversion: can't convert "1.5" to int"#),
      ("uint('-1')", #"conversion: can't convert "-1" to uint"#), ("double('1e3')", "1000.0"),
      ("double('0x10')", #"conversion: can't convert "0x10" to double"#),
      ("string(1e100)", #""1e+100""#), ("string(1.0)", #""1""#), ("math.round(-0.5)", "-1.0"),
      ("math.sqrt(9)", "3.0"),
      (
        "math.greatest(dyn([]))",
        "invalidArgument: math.greatest takes numbers, or a list of at least one"
      ),
    ])
  func numbers(source: String, expected: String) throws {
    #expect(try evaluate(source) == expected)
  }

  @Test(
    "optionals",
    arguments: [
      ("[optional.of(1), optional.none()].unwrapOpt()", "[1]"),
      ("optional.unwrap([optional.of('a')])", #"["a"]"#),
      ("optional.none().value()", "noValue: the optional has no value"),
      ("optional.of(1).or(optional.of(2)).value()", "1"),
      ("{?'a': optional.none(), 'b': 1}", #"{"b": 1}"#), ("[?optional.none(), 1]", "[1]"),
      ("optional.of({'a': 1}).optMap(m, m.a + 1).orValue(0)", "2"),
      ("resource.?a.?b.orValue('none')", #""none""#),
    ])
  func optionals(source: String, expected: String) throws {
    #expect(try evaluate(source) == expected)
  }

  @Test(
    "addresses",
    arguments: [
      ("string(ip('2001:0db8:0:0:1:0:0:1'))", #""2001:db8::1:0:0:1""#),
      ("string(ip('::'))", #""::""#), ("string(ip('1::'))", #""1::""#),
      ("isIP('01.2.3.4')", "false"), ("isIP('1:2:3:4:5:6:7:8:9')", "false"),
      ("isIP('1:2:3:4:5:6:7::')", "true"), ("isIP(':1')", "false"),
      ("isCIDR('10.0.0.0/33')", "false"), ("isCIDR('10.0.0.0/08')", "false"),
      ("string(cidr('10.1.2.3/8').masked())", #""10.0.0.0/8""#),
      ("cidr('0.0.0.0/0').containsIP('255.255.255.255')", "true"),
      ("cidr('::/0').containsIP('1.2.3.4')", "false"),
    ])
  func addresses(source: String, expected: String) throws {
    #expect(try evaluate(source) == expected)
  }
}
