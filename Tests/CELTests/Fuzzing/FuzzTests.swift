import Foundation
import JSON
import Testing

@testable import CEL

/// Expressions nobody would write: nothing may trap, hang, or give two answers.
///
/// `CEL_FUZZ` sets how many of each kind are tried, `CEL_FUZZ_SEED` where the random numbers start.
@Suite("Fuzzing")
struct FuzzTests {
  private static func setting(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap(Int.init)
  }

  private static let count = setting("CEL_FUZZ") ?? 8_000
  private static let seed = UInt64(setting("CEL_FUZZ_SEED") ?? 1)

  @Test("survives random tokens")
  func tokens() throws {
    var fuzzer = try Fuzzer(seed: Self.seed)
    for _ in 0..<Self.count { fuzzer.run(fuzzer.randomTokens()) }
    #expect(fuzzer.compiled > 0)
  }

  @Test("survives mutations of good expressions")
  func mutations() throws {
    var fuzzer = try Fuzzer(seed: Self.seed &+ 1)
    for _ in 0..<Self.count { fuzzer.run(fuzzer.mutation()) }
    #expect(fuzzer.compiled > Self.count / 100)
  }

  @Test("survives grown expressions")
  func grown() throws {
    var fuzzer = try Fuzzer(seed: Self.seed &+ 2)
    for _ in 0..<Self.count { fuzzer.run(fuzzer.grown(depth: 4)) }
    #expect(fuzzer.compiled > Self.count / 10)
    #expect(fuzzer.succeeded > Self.count / 500)
  }

  @Test("survives random bytes and deep nesting")
  func bytes() throws {
    var fuzzer = try Fuzzer(seed: Self.seed &+ 3)
    for _ in 0..<(Self.count / 10) {
      fuzzer.run(fuzzer.randomBytes())
      fuzzer.run(fuzzer.nested())
    }
  }
}

struct Fuzzer {
  private var random: SplitMix
  private let checked: Environment
  private let activation = Activation()
  private(set) var compiled = 0
  private(set) var succeeded = 0

  init(seed: UInt64) throws {
    random = SplitMix(seed: seed)
    var environment = Environment(
      limits: Limits(steps: 20_000, size: 1 << 18), libraries: Set(Library.allCases))
    let resource = environment.declare("resource", .dyn)
    let list = environment.declare("list", .list(.int))
    let lazy = environment.declare("variables.lazy", .dyn)
    let now = environment.declare("now", .timestamp)
    let x = environment.declare("x", .dyn)
    activation.set(x, .string("x"))
    try environment.define(function: "twice", parameters: [("x", .dyn)], body: "[x, x]")
    activation.set(
      resource,
      Value(
        try JSONView(
          parsing:
            #"{"a": 1, "b": ["x", "é", ""], "c": {"d": null, "e": 1.5, "f": true}, "n": 18446744073709551615}"#
        )))
    activation.set(list, .list([.int(1), .int(-2), .int(.max)]))
    activation.set(now, .timestamp(Timestamp("2024-02-29T12:00:00.5Z")!))
    activation.setLazy(lazy, try environment.compile("resource.c.e + 1.0"))
    checked = environment
  }

  /// Compiles and evaluates, checked and unchecked: what passes the checker must mean the same without it.
  mutating func run(_ source: String) {
    let program: Program
    do throws(CompilationError) {
      program = try checked.compile(source)
    } catch {
      if error.issues.isEmpty || error.description.isEmpty { Issue.record("no issue: \(source)") }
      for issue in error.issues where issue.line < 1 || issue.column < 1 || issue.offset < 0 {
        Issue.record("misplaced issue: \(source)")
      }
      if random.below(4) == 0, let program = try? checked.compileUnchecked(source) {
        _ = program.evaluate(activation)
      }
      return
    }
    compiled += 1
    let result = program.evaluate(activation)
    if case .success(let value) = result {
      succeeded += 1
      _ = value.json
      let condition = program.evaluateCondition(activation)
      if let bool = value.bool, condition != .success(bool) {
        Issue.record("two answers: \(source)")
      }
    }
    guard let unchecked = try? checked.compileUnchecked(source) else {
      Issue.record("compiles only when checked: \(source)")
      return
    }
    switch (result, unchecked.evaluate(activation)) {
    case (.success(let one), .success(let other)):
      if one != other { Issue.record("two values, \(one) and \(other): \(source)") }
    case (.failure(let one), .failure(let other)):
      if one.kind != other.kind { Issue.record("two errors, \(one) and \(other): \(source)") }
    default: Issue.record("fails only when checked or unchecked: \(source)")
    }
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[random.below(elements.count)]
  }

  // MARK: Kinds of input

  private static let tokens: [String] = [
    "(", ")", "[", "]", "{", "}", ".", ",", ":", "?", "+", "-", "*", "/", "%", "!", "==", "!=", "<",
    "<=", ">", ">=",
    "&&", "||", " in ", "true", "false", "null", "0", "1", "-1", "2u", "1.5", "1e3",
    "9223372036854775807",
    "'a'", "\"é\"", "r'\\'", "b'x'", "'''y'''", "resource", "list", "x", "y", "now",
    "variables.lazy", ".a", ".b", ".c.d",
    ".?c", "[?0]", "[0]", "has(resource.a)", "size(", ".size()", ".map(x, ", ".filter(x, ",
    ".all(x, ", ".exists(x, ",
    ".exists_one(x, ", ".transformList(i, v, ", ".transformMap(k, v, ", ".sortBy(x, ",
    "cel.bind(x, ", "cel.block([1], ",
    "cel.index(0)", "optional.of(", "optional.none()", ".optMap(x, ", ".orValue(", "string(",
    "int(", "type(", "dyn(",
    "twice(", ".matches('a+')", ".format([", "'%s %d'.format([1, 2])",
    "timestamp('2024-01-01T00:00:00Z')", "duration('1h')",
    ".getFullYear('Europe/Berlin')", "math.greatest(", "lists.range(", ".flatten()", ".sort()",
    "sets.contains(",
    "ip('1.2.3.4')", "cidr('10.0.0.0/8')", "regex.replace(", "base64.encode(", "// c\n", "\n",
    "`a b`", "{'a': 1}", "[1, 2]",
    "\\", "\0", "😀", "@", "#",
  ]

  mutating func randomTokens() -> String {
    (0..<(1 + random.below(14))).map { _ in pick(Self.tokens) }.joined()
  }

  private static let good: [String] = [
    "resource.a == 1 && resource.b.exists(x, x.startsWith('x'))",
    "size(resource.b.filter(x, x != '')) == 2",
    "resource.?c.?d.orValue('none')", "list.map(x, x % 3 == 0, x * 2).sort()",
    "{'a': list, 'b': resource.c}.b.e > 1.0",
    "cel.bind(t, resource.b, t.map(x, x + '!').join(','))",
    "now - timestamp('2024-01-01T00:00:00Z') < duration('720h')",
    "resource.b.all(i, v, i < 3 && v.size() <= 1)", "'%s is %d: %.2f'.format([resource.b, 3, 1.5])",
    "resource.n > 9223372036854775807 ? twice(list) : [[1], [2]]",
    "regex.extract('id: 12', r'(\\d+)').optMap(x, int(x)).value()",
    "cidr('10.0.0.0/8').containsIP('10.1.2.3') || isIP(string(resource.a))",
    "-(-9223372036854775807) - 1 == list[2]",
    "{?'k': resource.?c, 1: 2u, true: b'\\x00'}.size() > 0",
    "type(resource) == map && has(resource.c.d)",
    "resource.b.transformMap(i, v, v + 'a')[1].substring(0, 1)",
    "lists.range(4).map(x, lists.range(x)).flatten()",
    "sets.intersects(list, [1u, 2.0])", "base64.decode(base64.encode(b'abc')) == b'abc'",
    "variables.lazy + 1.5 == 4.0",
  ]

  mutating func mutation() -> String {
    var characters = Array(pick(Self.good))
    for _ in 0...random.below(4) {
      let position = characters.isEmpty ? 0 : random.below(characters.count)
      switch random.below(6) {
      case 0 where !characters.isEmpty: characters.remove(at: position)
      case 1: characters.insert(contentsOf: Array(pick(Self.tokens)), at: position)
      case 2 where !characters.isEmpty:
        characters[position] = Character(UnicodeScalar(UInt8(32 + random.below(95))))
      case 3 where !characters.isEmpty:
        let end = min(characters.count, position + 1 + random.below(8))
        characters.replaceSubrange(position..<end, with: Array(pick(Self.tokens)))
      case 4: characters.insert(contentsOf: Array(pick(Self.good)), at: position)
      default:
        characters = Array(
          "(" + String(characters) + ")" + pick([" + ", " == ", " || ", " in ", "."])
            + pick(Self.tokens))
      }
    }
    return String(characters.prefix(4_000))
  }

  /// An expression of the grammar, often of types that fit.
  mutating func grown(depth: Int) -> String {
    guard depth > 0 else {
      return pick([
        "1", "0", "-1", "2u", "1.5", "'a'", "''", "b'a'", "true", "false", "null", "resource",
        "list", "x", "resource.a",
        "resource.b", "resource.c", "resource.n", "[]", "{}", "now", "duration('1s')",
        "9223372036854775807", "int",
        "variables.lazy", "optional.none()",
      ])
    }
    let a = operand(depth)
    let b = operand(depth)
    switch random.below(24) {
    case 0...3: return "(\(a) \(pick(["+", "-", "*", "/", "%"])) \(b))"
    case 4...6: return "(\(a) \(pick(["==", "!=", "<", "<=", ">", ">=", "in"])) \(b))"
    case 7, 8: return "(\(a) \(pick(["&&", "||"])) \(b))"
    case 9: return "\(pick(["!", "-"]))\(a)"
    case 10: return "(\(a) ? \(b) : \(a))"
    case 11: return "[\(a), \(b)]"
    case 12:
      return "{\(pick(["'a'", "1", "true", "2u"])): \(a), \(pick(["'b'", "3", "false"])): \(b)}"
    case 13: return "\(a)\(pick([".a", ".?b", "[0]", "[?1]", "['a']", ".c.e"]))"
    case 14...16:
      let macro = pick(["map", "filter", "all", "exists", "exists_one", "sortBy"])
      return "\(pick(["list", "resource.b", "[\(a), 1]", "{'k': \(a)}", a])).\(macro)(x, \(b))"
    case 17:
      return
        "\(a).\(pick(["transformList", "transformMap", "all", "transformMapEntry"]))(x, y, \(b))"
    case 18: return "cel.bind(x, \(a), \(b))"
    case 19:
      return
        "\(pick(["size", "string", "int", "uint", "double", "bytes", "type", "dyn", "twice", "bool", "optional.of", "math.abs", "lists.range", "timestamp", "duration", "strings.quote", "optional.ofNonZeroValue"]))(\(a))"
    case 20:
      return
        "\(a).\(pick(["size", "trim", "reverse", "sort", "distinct", "flatten", "first", "hasValue", "value", "lowerAscii", "getMonth", "join"]))()"
    case 21:
      return
        "\(a).\(pick(["contains", "startsWith", "indexOf", "split", "orValue", "matches", "join", "charAt", "format", "flatten", "substring"]))(\(b))"
    case 22:
      return
        "\(pick(["math.greatest", "sets.contains", "regex.extract", "math.bitAnd", "math.bitShiftLeft"]))(\(a), \(b))"
    default: return "\(a).optMap(x, \(b))"
    }
  }

  /// Often of no type, so that the checker lets it pass.
  private mutating func operand(_ depth: Int) -> String {
    let operand = grown(depth: depth - 1 - random.below(2))
    return random.below(3) > 0 ? "dyn(\(operand))" : operand
  }

  mutating func randomBytes() -> String {
    String(decoding: (0..<random.below(30)).map { _ in UInt8(random.below(256)) }, as: UTF8.self)
  }

  mutating func nested() -> String {
    let count = 1 + random.below(400)
    let (before, after) = pick([
      ("(", ")"), ("[", "]"), ("!", ""), ("-", ""), ("{1:", "}"), ("[1].map(x, ", ")"), ("", ".a"),
      ("", "[0]"), ("twice(", ")"),
      ("true ? 1 : ", ""), ("1 + ", ""), ("cel.bind(x, 1, ", ")"), ("optional.of(", ")"),
      ("", " + 1"), ("a.b{c:", "}"), ("[?", "]"),
    ])
    return String(repeating: before, count: count) + pick(["1", "x", "resource", "list", "true"])
      + String(repeating: after, count: count)
  }
}

/// Random numbers that are the same in every run.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
