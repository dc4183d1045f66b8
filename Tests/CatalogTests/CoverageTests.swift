import Foundation
import Posture
import Testing
import YAML

/// `Sources/Catalog/coverage`: what other tools check, and what does it here.
@Suite("The comparison with other tools")
struct CoverageTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/Catalog/coverage")

  @Test(
    "names recommendations that exist, of its app, and says of every check whether it is ours",
    arguments: [
      ("atlassian", "atlassian-"), ("citrix-sharefile", "sharefile-"), ("docusign", "docusign-"),
      ("dropbox", "dropbox-"), ("netdocuments", "netdocuments-"),
      ("github", "github-"), ("google-workspace", "gws-"),
      ("microsoft-365", "m365-"),
      ("okta", "okta-"), ("salesforce", "salesforce-"), ("servicenow", "servicenow-"),
      ("zendesk", "zendesk-"), ("zoom", "zoom-"),
    ])
  func names(app: String, prefix: String) throws {
    let page = try String(
      contentsOf: Self.folder.appending(path: "\(app).md"), encoding: .utf8)
    var named: Set<String> = []
    var rows = 0
    for line in page.split(separator: "\n") where line.hasPrefix("|") && !line.hasPrefix("|-") {
      let cells = line.dropFirst().dropLast().split(
        separator: "|", omittingEmptySubsequences: false
      ).map { $0.trimmingCharacters(in: .whitespaces) }
      #expect(cells.count == 2 && cells.allSatisfy { !$0.isEmpty }, "\(line)")
      rows += 1
      for match in try #require(cells.last).matches(of: /`([a-z0-9-]+)`/)
      where match.output.1.hasPrefix(prefix) {
        let name = String(match.output.1)
        named.insert(name)
        #expect(
          CatalogTests.library.recommendations[name]?.app.value == app, "no recommendation \(name)")
      }
    }
    #expect(rows > 10 && named.count > 10, "\(rows) rows, \(named.count) names")
  }
}
