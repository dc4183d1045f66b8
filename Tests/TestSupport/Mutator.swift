/// Makes inputs nobody sends out of such as are sent: the same ones in every run of a seed.
///
/// `PLUMB_FUZZ` sets how many each target gets; `PLUMB_FUZZ_SEED` where the random numbers start.
package struct Mutator {
  /// How many inputs a target gets.
  package static let count = TestEnvironment["PLUMB_FUZZ"].flatMap(Int.init) ?? 1500
  private static let seed = TestEnvironment["PLUMB_FUZZ_SEED"].flatMap(UInt64.init) ?? 1

  private let corpus: [[UInt8]]
  private var random: Random

  /// What breaks arithmetic, dates, nesting and quoting.
  private static let tokens = [
    "9223372036854775807", "-9223372036854775808", "18446744073709551616", "9.3e18", "1e308",
    "-1e308", "1e-320",
    "NaN", "inf", "-0", "0", "-1", "1e400", "00", "0x7f", "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59",
    "0000-00-00T00:00:00Z", "2026-02-29T24:60:61Z", "99999999999999999999999999d",
    "P9999999999999999999Y", "PT", "-P1D",
    "null", "true", "[]", "{}", "\"\"", "''", "\\u0000", "\\ud800", "\u{0}", "\u{202E}",
    "\u{1B}[31m", "\n", "\r\n",
    "e\u{301}", "é", ":", "- ", "? ", "&a", "*a", "!!", "<<: *a", "%2e%2e%2f", "../", "<", ">", ";",
    ",", "\"", "'",
    "v=spf1", "v=DMARC1;", "p=", "include:", "redirect=", "rel=next", "GMT",
  ].map { Array($0.utf8) }

  package init(_ corpus: [[UInt8]]) {
    self.corpus = corpus
    random = Random(seed: Self.seed &+ UInt64(corpus.count) &* 0x9E37)
  }

  package init(texts: [String]) { self.init(texts.map { Array($0.utf8) }) }

  /// Hands the inputs to a target, one after the other; a trap ends the process.
  ///
  /// - Parameter name: What is tried, for the count that is printed.
  package mutating func run(_ name: String, _ target: ([UInt8]) -> Void) {
    for _ in 0..<Self.count { target(next()) }
    print("Fuzzing: \(Self.count) inputs to \(name)")
  }

  /// As ``run(_:)``, for targets that wait.
  package mutating func run(_ name: String, _ target: ([UInt8]) async throws -> Void) async rethrows
  {
    for _ in 0..<Self.count { try await target(next()) }
    print("Fuzzing: \(Self.count) inputs to \(name)")
  }

  /// As ``run(_:)``, for targets that take texts.
  package mutating func runTexts(_ name: String, _ target: (String) -> Void) {
    run(name) { target(String(decoding: $0, as: UTF8.self)) }
  }

  private mutating func next() -> [UInt8] {
    var bytes = pick(corpus)
    for _ in 0...below(6) {
      let start = below(bytes.count + 1)
      let end = min(bytes.count, start + below(24))
      switch below(7) {
      case 0: if start < bytes.count { bytes[start] = UInt8(truncatingIfNeeded: random.next()) }
      case 1: bytes.removeSubrange(start..<end)
      case 2: bytes.insert(contentsOf: bytes[start..<end], at: start)
      case 3: bytes.insert(contentsOf: pick(Self.tokens), at: start)
      case 4: replaceNumber(near: start, in: &bytes)
      case 5: bytes.replaceSubrange(start..<end, with: pick(Self.tokens))
      default:
        let other = pick(corpus)
        let from = below(other.count + 1)
        bytes.replaceSubrange(start..., with: other[from...])
      }
    }
    return bytes
  }

  /// Puts another in place of the first number that follows: what is computed with is seldom hit by chance.
  private mutating func replaceNumber(near start: Int, in bytes: inout [UInt8]) {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard let first = bytes[start...].firstIndex(where: digits.contains) else { return }
    let end = bytes[first...].firstIndex { !digits.contains($0) } ?? bytes.count
    bytes.replaceSubrange(first..<end, with: pick(Self.tokens))
  }

  private mutating func below(_ bound: Int) -> Int {
    Int.random(in: 0..<max(1, bound), using: &random)
  }

  private mutating func pick(_ list: [[UInt8]]) -> [UInt8] { list[below(list.count)] }
}
