import Connectors
import Foundation
import Posture
import Testing
import YAML

/// What the README says the catalog has.
@Suite("The README's table of apps")
struct ReadmeTests {
  @Test("counts every app's recommendations, and names what each is read from")
  func table() throws {
    let readme = try String(
      contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "README.md"),
      encoding: .utf8)
    let lines = readme.split(separator: "\n", omittingEmptySubsequences: false)
    let head = try #require(lines.firstIndex(of: "| app | recommendations | read from |"))
    let rows = lines[(head + 2)...].prefix { $0.hasPrefix("|") }.map(String.init)
    let library = CatalogTests.library
    let expected = library.connectors.values.sorted { $0.displayName < $1.displayName }.map { app in
      // What has to be looked at by hand is not counted.
      let byHand = Set(app.collections.filter { $0.notAvailable != nil }.map(\.name))
      let count = library.recommendations.values.count {
        $0.app.value == app.name && !byHand.contains($0.collection?.value ?? "")
      }
      let exports = library.exportFormats.values.filter { $0.app == app.name }.map(\.name).sorted()
      let sources = ["its API"] + exports.map { "`\($0)` exports" }
      return
        "| \(app.displayName) (`\(app.name)`) | \(count) | \(sources.joined(separator: ", ")) |"
    }
    #expect(rows == expected)
  }
}
