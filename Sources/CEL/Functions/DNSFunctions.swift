/// `dns.spf`, `dns.dmarc`, `dns.dkim`: what the TXT records at a name say, parsed as their RFCs have it.
///
/// Each takes one text or the list of all texts at the name, and gives a map. `found` tells whether there is such a record;
/// `valid` whether there is exactly one and it can be read; `error` why not. A record that is not valid has the values of
/// one that says nothing.
extension FunctionDefinition {
  static let dns: [FunctionDefinition] = [
    record("dns.spf") { (texts, frame) throws(Fault) in
      let records = texts.filter(SPFRecord.isOne)
      var record: SPFRecord?
      var problem = multiplicity(records)
      if problem == nil {
        do throws(SPFRecord.Problem) { record = try SPFRecord(records[0]) } catch {
          problem = error.text
        }
      }
      var mechanisms: [Cell] = []
      for mechanism in record?.mechanisms ?? [] {
        mechanisms.append(
          try frame.map([
            ("qualifier", mechanism.qualifier), ("name", mechanism.name),
            ("value", mechanism.value),
          ]))
      }
      var modifiers: [Cell] = []
      for modifier in record?.modifiers ?? [] {
        modifiers.append(try frame.map([("name", modifier.name), ("value", modifier.value)]))
      }
      return [
        ("found", .bool(!records.isEmpty)), ("valid", .bool(problem == nil)),
        ("error", .string(problem ?? "")), ("all", .string(record?.all ?? "")),
        ("redirect", .string(record?.redirect ?? "")),
        ("mechanisms", try frame.list(mechanisms)), ("modifiers", try frame.list(modifiers)),
        ("lookups", .int(Int64(record?.lookups ?? 0))),
      ]
    },
    record("dns.dmarc") { (texts, frame) throws(Fault) in
      let records = texts.filter(DMARCRecord.isOne)
      var record: DMARCRecord?
      var problem = multiplicity(records)
      if problem == nil {
        do throws(TagList.Problem) { record = try DMARCRecord(records[0]) } catch {
          problem = error.text
        }
      }
      problem = problem ?? record?.problem
      func tag(_ name: String, default value: String) -> Cell {
        .string(record?.tags[name]?.lowercased() ?? value)
      }
      return [
        ("found", .bool(!records.isEmpty)), ("valid", .bool(problem == nil)),
        ("error", .string(problem ?? "")), ("p", .string(record?.policy ?? "none")),
        ("sp", .string(record?.subdomainPolicy ?? "none")),
        ("np", .string(record?.missingSubdomainPolicy ?? "none")),
        ("pct", .int(Int64(record?.percentage ?? 100))),
        ("rua", try frame.strings(record?.addresses("rua") ?? [])),
        ("ruf", try frame.strings(record?.addresses("ruf") ?? [])),
        ("adkim", tag("adkim", default: "r")), ("aspf", tag("aspf", default: "r")),
        ("fo", tag("fo", default: "0")), ("ri", tag("ri", default: "86400")),
        ("tags", try frame.map(record?.tags.tags.map { ($0.name, $0.value) } ?? [])),
      ]
    },
    record("dns.dkim") { (texts, frame) throws(Fault) in
      let records = texts.filter(DKIMRecord.isOne)
      var record: DKIMRecord?
      var problem = multiplicity(records)
      if problem == nil {
        do throws(TagList.Problem) { record = try DKIMRecord(records[0]) } catch {
          problem = error.text
        }
      }
      problem = problem ?? record?.problem
      return [
        ("found", .bool(!records.isEmpty)), ("valid", .bool(problem == nil)),
        ("error", .string(problem ?? "")), ("revoked", .bool(record?.isRevoked ?? false)),
        ("testing", .bool(record?.list("t").contains("y") ?? false)),
        ("k", .string(record?.tags["k"] ?? "rsa")),
        ("h", try frame.strings(record?.list("h") ?? [])),
        ("s", try frame.strings(record?.list("s") ?? [])),
        ("tags", try frame.map(record?.tags.tags.map { ($0.name, $0.value) } ?? [])),
      ]
    },
  ]

  private typealias Reader =
    @Sendable ([String], inout Frame) throws(Fault) -> [(key: String, value: Cell)]

  private static func record(_ name: String, _ read: @escaping Reader) -> FunctionDefinition {
    FunctionDefinition(
      name, .dns, ["(string) -> map(string, dyn)", "(list(string)) -> map(string, dyn)"],
      .unary { (value, frame) throws(Fault) in
        var texts: [String] = []
        if let text = try frame.text(value) {
          texts = [text]
        } else {
          for element in try cells(name, value, &frame) {
            guard let text = try frame.text(element) else { throw .noOverload(name, element) }
            texts.append(text)
          }
        }
        let length = texts.reduce(0) { $0 + $1.utf8.count }
        try frame.build(length)
        try frame.step(texts.count + length)
        return try frame.map(
          try read(texts.map(TextRecord.text), &frame).map { (Cell.string($0.key), $0.value) })
      })
  }

  /// Why a number of records is not one.
  private static func multiplicity(_ records: [String]) -> String? {
    switch records.count {
    case 0: "there is no record"
    case 1: nil
    case let count: "there are \(count) records"
    }
  }
}

extension Frame {
  fileprivate mutating func strings(_ texts: [String]) throws(Fault) -> Cell {
    try list(texts.map { .string($0) })
  }

  fileprivate mutating func map(_ entries: [(String, String)]) throws(Fault) -> Cell {
    try map(entries.map { (key: Cell.string($0.0), value: Cell.string($0.1)) })
  }
}
