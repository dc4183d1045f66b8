import Foundation
import JSON
import Posture
import Testing

@testable import Reports

/// Whatever a tenant calls its resources, every format stays well-formed and does nothing.
@Suite("Hostile names")
struct HostileNameTests {
  static let names: [String] = [
    "**bold** _it_ [link](https://evil.example) ![x](https://evil.example/x.png) | cell\n# head",
    "`code` ``` ~~~ </details> - [ ] task @admin #1 $x^2$",
    "<script>alert(1)</script><img src=x onerror=alert(1)>&amp;&#x41;<!-- -- -->",
    "::set-output name=x::y", "\n::set-output name=x::y", "\r\n::error::gone\r\n",
    "x ##[set-output name=x;]y ##[command]z ###[x]", "::stop-commands::t\n::add-mask::a",
    "%0A::warning::x%0D%25", "\u{1B}[31mred\u{1B}]0;title\u{7}\u{1B}[2J\u{9B}31m",
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1+1)*cmd", "\t=1+1", "＝1+1", "\"=1\"", "'=1",
    ";=1", "a,b\"c\"\"d\r\ne", "line\nbreak", "carriage\rreturn", "nul\u{0}byte",
    "\u{202E}right to left\u{202C}\u{2066}x\u{2069}\u{200F}\u{61C}", "]]>", "--><!DOCTYPE x>",
    "<![CDATA[x]]>", "separator\u{2028}and\u{2029}end", "\u{FEFF}mark\u{200B}zero",
    "non\u{FFFE}character\u{FFFF}\u{1FFFE}", "tag\u{E0041}\u{E007F}", "\u{85}next\u{8D}line",
    "{0} {{1}} ${{ github.token }}", "[text](0) \\[x\\](y)", "\\", "\"", "'", "", " ", "\n",
    "e\u{301}\u{300}\u{300} 👩‍👩‍👧 日本語", "a\\nb\\u0041", "<<<<<<< HEAD",
    String(repeating: "long ", count: 2_000), String(repeating: "\u{202E}#[", count: 1_000),
  ]

  private static let formats = ReportFormat.allCases

  private static func text(_ plan: Plan, _ format: ReportFormat) -> String {
    let bytes: [UInt8] =
      switch format {
      case .text: Array(TextReport.plan(plan).utf8) + Array(TextReport.show(plan.comparison).utf8)
      case .markdown: Array(MarkdownReport.plan(plan).utf8)
      case .json: JSONReport.plan(plan)
      case .sarif: SARIFReport.plan(plan, version: "1")
      case .junit: JUnitReport.plan(plan)
      case .ocsf: OCSFReport.plan(plan.comparison, version: "1")
      case .openmetrics: OpenMetricsReport.plan(plan, version: "1")
      case .csv: CSVReport.plan(plan.comparison)
      case .html:
        HTMLReport.file(Story(plan), options: HTMLReport.Options(version: "1")).bytes
      case .github: AnnotationReport.plan(plan)
      }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("leave no control, bidirectional or invisible character in any format", arguments: names)
  func characters(name: String) {
    for format in Self.formats {
      var text = Self.text(Sample.hostile(name), format)
      if format == .csv { text = text.replacing("\r\n", with: "\n") }
      var previous: Unicode.Scalar?
      let hidden = text.unicodeScalars.first { scalar in
        defer { previous = scalar }
        return scalar != "\n" && HiddenScalars.isHidden(scalar, after: previous)
      }
      #expect(hidden == nil, "\(format)")
    }
  }

  @Test("give the runner of GitHub Actions no command but annotations", arguments: names)
  func commands(name: String) {
    for format in Self.formats {
      let text = Self.text(Sample.hostile(name), format)
      #expect(!text.contains("##["), "\(format)")
      for line in text.split(whereSeparator: \.isNewline) {
        let line = line.drop { $0.isWhitespace }
        guard line.hasPrefix("::") else {
          #expect(format != .github, "\(line)")
          continue
        }
        #expect(format == .github, "\(format): \(line)")
        // One command with our properties: what follows the second `::` is a message.
        let properties = /::(error|warning|notice) ((file|line|col|endColumn|title)=[^:,]*,?)+::.*/
        #expect(line.wholeMatch(of: properties) != nil, "\(line)")
      }
    }
  }

  @Test("leave JSON, SARIF and OCSF well-formed", arguments: names)
  func json(name: String) throws {
    let plan = Sample.hostile(name)
    let whole = try JSONValue(parsing: Self.text(plan, .json))
    // The interface gives the very text back.
    #expect(whole["instances"]?.array?.first?["displayName"]?.string == name)
    _ = try JSONValue(parsing: Self.text(plan, .sarif))
    for line in Self.text(plan, .ocsf).split(separator: "\n") {
      _ = try JSONValue(parsing: String(line))
    }
  }

  @Test("leave XML, CSV and OpenMetrics well-formed", arguments: names)
  func others(name: String) throws {
    let plan = Sample.hostile(name)
    let document = try ParsedXML(JUnitReport.plan(plan))
    #expect(document.elements.count { $0.name == "testcase" } == 8)
    _ = try ParsedMetrics(OpenMetricsReport.plan(plan, version: "1"))
    let records = try ParsedCSV(CSVReport.plan(plan.comparison)).records
    #expect(records.count == 9)
    for record in records {
      #expect(record.count == records[0].count)
      for field in record {
        #expect(field.first.map { "=+-@\t\r\u{FF1D}".contains($0) } != true, "\(field)")
      }
    }
  }

  @Test("begin no markup in Markdown", arguments: names)
  func markdown(name: String) {
    for line in Self.text(Sample.hostile(name), .markdown).split(separator: "\n") {
      // What is in a code span is shown as it is.
      let line = line.replacing(/(`+)(?:[^`]|(?!\1)`)*?\1(?!`)/, with: "")
      for part in line.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
        let isOurs = ["details>", "/details>", "summary>", "/summary>"]
          .contains { part.hasPrefix($0) }
        #expect(isOurs, "\(line)")
      }
      #expect(!line.contains("](http:") && !line.contains("](javascript:"), "\(line)")
      #expect(!line.contains("![") || line.contains("\\!\\["), "\(line)")
    }
  }

  @Test(
    "do not grow a report beyond what it is worth",
    arguments: [ReportFormat.text, .markdown, .sarif, .junit, .ocsf, .openmetrics, .csv, .github])
  func size(format: ReportFormat) {
    let name = String(repeating: "long \u{202E}", count: 100_000)
    #expect(Self.text(Sample.hostile(name), format).utf8.count < 400_000)
  }
}
