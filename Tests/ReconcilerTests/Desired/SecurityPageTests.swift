import Foundation
import Testing

/// SECURITY.md promises nothing that no test shows.
@Suite struct SecurityPageTests {
  @Test("each guarantee names tests that there are")
  func tests() throws {
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    let page = try String(contentsOf: root.appendingPathComponent("SECURITY.md"), encoding: .utf8)
    let files = FileManager.default.enumerator(atPath: root.appendingPathComponent("Tests").path)
    let suites = Set(
      (files?.allObjects as? [String] ?? []).filter { $0.hasSuffix("Tests.swift") }
        .compactMap { $0.split(separator: "/").last?.dropLast(".swift".count) }.map(String.init))
    let start = try #require(page.range(of: "## What is guaranteed")).upperBound
    let end = try #require(page.range(of: "## What is not")).lowerBound
    let rows = page[start..<end].split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst()
    #expect(rows.count > 10)
    for row in rows {
      let named = row.matches(of: /`([A-Za-z]+Tests)`/).map { String($0.1) }
      #expect(!named.isEmpty, "\(row)")
      for name in named { #expect(suites.contains(name), "\(name)") }
    }
  }
}
