import Testing
import YAML

@Suite("Round trips")
struct RoundTripTests {
  /// Characters that YAML, YAML 1.1, terminals or readers treat specially, more often than others.
  static let special = Array(
    "\0\u{1}\t\n\n\n\r\u{1B}  \u{20}!\"#$%&'()*+,-./0123456789:;<=>?@[\\]^_`{|}~\u{7F}\u{85}\u{A0}\u{AD}\u{2028}\u{2029}\u{202E}\u{200B}\u{200D}\u{FEFF}\u{FFFD}\u{FFFE}\u{FFFF}é\u{301}漢👩🏽ａaeExXoObBnNyYtTrRuUfF"
      .unicodeScalars)

  static func string(_ random: inout Seeded) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      if Int.random(in: 0..<4, using: &random) > 0 {
        text.append(special.randomElement(using: &random) ?? " ")
      } else if let scalar = Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &random)) {
        text.append(scalar)
      }
    }
    return String(text)
  }

  static func value(_ random: inout Seeded, depth: Int) -> YAMLValue {
    switch Int.random(in: 0..<(depth == 0 ? 6 : 10), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .int(Int.random(in: .min ... .max, using: &random))
    case 3: return .double(Double(bitPattern: UInt64.random(in: 0 ... .max, using: &random)))
    case 4, 5: return .string(string(&random))
    case 6, 7:
      let count = Int.random(in: 0...4, using: &random)
      return .list((0..<count).map { _ in value(&random, depth: depth - 1) })
    default:
      var entries: [(String, YAMLValue)] = []
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        let key = string(&random)
        guard !entries.contains(where: { $0.0 == key }) else { continue }
        entries.append((key, value(&random, depth: depth - 1)))
      }
      return .map(entries)
    }
  }

  @Test("give every string again", arguments: 0..<20)
  func strings(seed: UInt64) {
    var random = Seeded(state: seed)
    for _ in 0..<1000 {
      let text = Self.string(&random)
      let written = YAMLWriter().write(.string(text))
      guard values(written) == [.string(text)] else {
        Issue.record("\(text.unicodeScalars.map(\.value)) was written \(written)")
        return
      }
    }
  }

  @Test("give every value again, in block and in brackets, sorted or not", arguments: 0..<20)
  func trees(seed: UInt64) {
    var random = Seeded(state: seed &+ 1000)
    for _ in 0..<300 {
      let value = Self.value(&random, depth: 4)
      let block = YAMLWriter().write(value)
      guard values(block) == [value] else {
        Issue.record("\(value) was written \(block)")
        return
      }
      let flow = YAMLWriter().writeFlow(value)
      guard values(flow) == [value] else {
        Issue.record("\(value) was written \(flow)")
        return
      }
      let sorted = YAMLWriter(sortsKeys: true).write(value)
      guard let again = values(sorted)?.first,
        YAMLWriter(sortsKeys: true).write(again) == sorted
      else {
        Issue.record("\(value) was written \(sorted)")
        return
      }
    }
  }

  @Test("give several documents again", arguments: 0..<10)
  func documents(seed: UInt64) {
    var random = Seeded(state: seed &+ 2000)
    for _ in 0..<100 {
      let documents = (0..<3).map { _ in Self.value(&random, depth: 2) }
      let written = YAMLWriter().write(documents: documents)
      guard values(written) == documents else {
        Issue.record("\(documents) was written \(written)")
        return
      }
    }
  }
}
