import Testing

/// OpenMetrics text, read strictly by the grammar of the standard, as far as gauges go.
struct ParsedMetrics {
  struct Sample: Hashable {
    let name: String
    let labels: [String: String]
    var value = ""
  }

  struct Fault: Error { let line: String }

  private(set) var samples: [Sample] = []

  init(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.hasSuffix("\n# EOF\n") else { throw Fault(line: "no end") }
    var families: Set<String> = []
    var family = ""
    var series: Set<Sample> = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(2) {
      if let match = line.wholeMatch(of: /# (TYPE|UNIT|HELP) ([a-z_]+) (.+)/) {
        let name = String(match.2)
        if match.1 == "TYPE" {
          guard match.3 == "gauge", families.insert(name).inserted else {
            throw Fault(line: String(line))
          }
          family = name
        }
        guard name == family, match.1 != "UNIT" || name.hasSuffix("_\(match.3)") else {
          throw Fault(line: String(line))
        }
        continue
      }
      let sample = try Self.sample(line)
      guard sample.name == family,
        series.insert(Sample(name: sample.name, labels: sample.labels)).inserted
      else { throw Fault(line: String(line)) }
      samples.append(sample)
    }
  }

  private static func sample(_ line: Substring) throws -> Sample {
    var rest = line[...]
    func fault() -> Fault { Fault(line: String(line)) }
    let name = rest.prefix { $0.isLetter || $0 == "_" }
    rest = rest.dropFirst(name.count)
    var labels: [String: String] = [:]
    if rest.first == "{" {
      repeat {
        rest = rest.dropFirst()
        let label = rest.prefix { $0.isLetter || $0 == "_" }
        rest = rest.dropFirst(label.count)
        guard !label.isEmpty, rest.hasPrefix("=\"") else { throw fault() }
        rest = rest.dropFirst(2)
        var value = ""
        while let character = rest.first, character != "\"" {
          rest = rest.dropFirst()
          guard character == "\\" else {
            value.append(character)
            continue
          }
          guard let escaped = rest.popFirst(),
            let meaning = ["\\": "\\", "\"": "\"", "n": "\n"][
              String(escaped)]
          else { throw fault() }
          value += meaning
        }
        guard rest.popFirst() == "\"", labels.updateValue(value, forKey: String(label)) == nil
        else { throw fault() }
      } while rest.first == ","
      guard rest.popFirst() == "}" else { throw fault() }
    }
    guard rest.popFirst() == " ", rest.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?/) != nil else {
      throw fault()
    }
    return Sample(name: String(name), labels: labels, value: String(rest))
  }
}
