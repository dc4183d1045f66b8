import YAML

/// A text with `▸` where a diagnostic is expected.
struct MarkedText {
  let text: String
  /// The marker's line and column, from 1, in Unicode scalars.
  let line: Int
  let column: Int

  init(_ marked: String) {
    var text = String.UnicodeScalarView()
    var (line, column) = (1, 1)
    var found = (line: 0, column: 0)
    for scalar in marked.unicodeScalars {
      if scalar == "▸" {
        found = (line, column)
        continue
      }
      text.append(scalar)
      (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
    }
    self.text = String(text)
    self.line = found.line
    self.column = found.column
  }

  /// How the diagnostic at the marker prints.
  func error(_ message: String, file: String = "file.yaml") -> String {
    "\(file):\(line):\(column): error: \(message)"
  }
}

/// The documents of a text and what was reported.
func parse(
  _ text: String, limits: YAMLLimits = YAMLLimits()
) -> (documents: [Document], diagnostics: [String]) {
  let diagnostics = Diagnostics()
  let documents = YAMLParser.parse(text, file: "file.yaml", limits: limits, into: diagnostics)
  return (documents, diagnostics.all.map(\.description))
}

/// The plain values of a text's documents; nil when anything was reported.
func values(_ text: String) -> [YAMLValue]? {
  let diagnostics = Diagnostics()
  let documents = YAMLParser.parse(text, file: "file.yaml", into: diagnostics)
  let values = documents.compactMap { YAMLValue($0.root, into: diagnostics) }
  return diagnostics.isEmpty ? values : nil
}

/// A deterministic generator (SplitMix64), so that a failing case can be run again.
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
