import Connectors
import Foundation
import Posture
import Testing
import YAML

/// What the README says the catalog has.
@Suite("The README's table of apps")
struct ReadmeTests {
  @Test("counts every app's recommendations, and those that each source can decide")
  func table() throws {
    let readme = try String(
      contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "README.md"),
      encoding: .utf8)
    let lines = readme.split(separator: "\n", omittingEmptySubsequences: false)
    let title = "| app | recommendations | over its API | from an export | by hand |"
    let head = try #require(lines.firstIndex { $0 == title })
    let rows = lines[(head + 2)...].prefix { $0.hasPrefix("|") }.map { row in
      String(row).replacing(/\]\([^)]*\)/, with: "]")
    }
    let apps = CatalogTests.library.connectors.values.sorted { $0.displayName < $1.displayName }
    #expect(rows == apps.map(Self.row))
  }

  private static func row(of app: Connector) -> String {
    let compiled = CatalogTests.compiled.recommendations[app.name] ?? []
    let notAvailable = Set(app.collections.filter { $0.notAvailable != nil }.map(\.name))
    let judged = compiled.filter { $0.requiredCollections.isDisjoint(with: notAvailable) }
    func decided(by collections: some Sequence<String>) -> Int {
      judged.count { $0.requiredCollections.isSubset(of: collections) }
    }
    let overAPI = decided(by: Set(app.collections.map(\.name)).subtracting(notAvailable))
    let exports = CatalogTests.library.exportFormats.values.filter { $0.app == app.name }
      .sorted { $0.name < $1.name }
      .map { "\(decided(by: Set($0.collections.map(\.name)))) (`\($0.name)`)" }
    let byHand = compiled.count - judged.count
    let cells = [
      "[\(app.displayName)]", "\(judged.count)", "\(overAPI)", exports.joined(separator: ", "),
      byHand == 0 ? "" : "\(byHand)",
    ]
    return "|" + cells.map { $0.isEmpty ? " |" : " \($0) |" }.joined()
  }
}
