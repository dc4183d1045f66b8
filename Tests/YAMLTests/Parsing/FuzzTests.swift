import Testing
import YAML

@Suite("Damaged files")
struct FuzzTests {
  static let seeds: [[UInt8]] = [
    """
    apiVersion: plumb/v1
    kind: Exception
    metadata: { name: okta-eu, labels: {region: "eu", 'owner': 'it''s'} }
    spec:
      recommendation: okta-password-minimum-length    # comment
      instances: [okta-contoso-eu, "x\\u00e9", ]
      resources: resource.name == "Legacy"
      text: |
        one

          two
      folded: >-2
          x
      anchors: &a [1, *b, *a]
      ? complex
      : - 1
        - - 2
          - x: ~
    ---
    é: ü 漢 👩‍👧
    !!int 3: !foo 4
    ...
    %YAML 1.2
    ---
    - 1.5e3
    - .inf
    """,
    "a: &a [x]\nb: &b [*a, *a]\nc: {d: *b, <<: *a}\n\ta: 1\n\"unclosed",
    "\u{FEFF}- a\r\n- 'b\r\n  c'\r\n- \"d\\\r\n  e\"\r\n- \u{2028}\u{85}x\r\n",
  ].map { Array($0.utf8) }

  static let fragments: [[UInt8]] = [
    ": ", "- ", "? ", "\n", "\r\n", "\t", "  ", "[", "]", "{", "}", ",", "'", "\"", "\\", "#", " #",
    "&a ", "*a", "!", "!!str ", "|", ">", "%", "@", "`", "---\n", "...\n", "<<: ", "\u{FEFF}", "\0",
    "\u{85}", "\u{2028}", "é", "👩‍👧", "%TAG ! x\n", "%YAML 1.1\n",
  ].map { Array($0.utf8) }

  static func mutated(
    _ seeds: [[UInt8]], most: Int, _ random: inout Seeded
  ) -> [UInt8] {
    var bytes = seeds.randomElement(using: &random) ?? []
    for _ in 0..<Int.random(in: 1...most, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, place + Int.random(in: 0...20, using: &random))
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes.removeSubrange(place..<end)
      case 1: bytes.insert(contentsOf: fragments.randomElement(using: &random) ?? [], at: place)
      case 2: bytes.insert(contentsOf: Array(bytes[place..<end]), at: 0)
      case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
      default: if place < bytes.count { bytes[place] = UInt8.random(in: 0...127, using: &random) }
      }
    }
    return bytes
  }

  @Test("never crash, and every place lies in the file", arguments: 0..<10)
  func mutations(seed: UInt64) {
    var random = Seeded(state: seed)
    for _ in 0..<5000 {
      let bytes = Self.mutated(Self.seeds, most: 6, &random)
      let diagnostics = Diagnostics()
      let documents = YAMLParser.parse(bytes, file: "file.yaml", into: diagnostics)
      // What is not UTF-8 has no columns: up to the fault it has.
      let fault = String(validating: bytes, as: UTF8.self) == nil ? diagnostics.all.first : nil
      let places = Places(Array(bytes[..<(fault?.mark.offset ?? bytes.count)]))
      for document in documents {
        _ = YAMLValue(document.root, into: diagnostics)
        guard places.areRight(in: document.root) else {
          Issue.record("a node's place is wrong: \(bytes)")
          return
        }
      }
      for diagnostic in diagnostics.all {
        guard places.isRight(diagnostic.mark), !diagnostic.message.isEmpty else {
          Issue.record("\(diagnostic): \(bytes)")
          return
        }
      }
    }
  }
}

/// Every place of a file, counted in the plainest way.
struct Places {
  private var lines: [Int] = []
  private var columns: [Int] = []

  init(_ bytes: [UInt8]) {
    let skipped = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var (line, column) = (1, 1)
    for (index, byte) in bytes.enumerated() {
      // Inside a character or a byte order mark there is no place.
      lines.append(byte & 0xC0 == 0x80 || (index < skipped && index > 0) ? 0 : line)
      columns.append(column)
      guard index >= skipped else { continue }
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      if byte == 0x0A || (byte == 0x0D && next != 0x0A) {
        (line, column) = (line + 1, 1)
      } else if next & 0xC0 != 0x80 {
        column += 1
      }
    }
    lines.append(line)
    columns.append(column)
  }

  func isRight(_ mark: Mark) -> Bool {
    guard lines.indices.contains(mark.offset) else { return false }
    return lines[mark.offset] == mark.line && columns[mark.offset] == mark.column
  }

  func areRight(in node: Node) -> Bool {
    guard isRight(node.mark), isRight(node.end), node.mark.offset <= node.end.offset else {
      return false
    }
    return (node.items ?? []).allSatisfy(areRight)
      && (node.entries ?? []).allSatisfy { areRight(in: $0.key) && areRight(in: $0.value) }
  }
}
