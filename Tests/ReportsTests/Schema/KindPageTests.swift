import Connectors
import Foundation
import JSON
import Posture
import TestSupport
import Testing
import YAML

@testable import Reports

@Suite("Pages of kinds")
struct KindPageTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/plumb/Documentation.docc")

  @Test("are what the program writes", arguments: DocumentKind.allCases)
  func pages(kind: DocumentKind) throws {
    let page = try String(
      contentsOf: Self.folder.appending(path: "\(kind.rawValue).md"), encoding: .utf8)
    #expect(
      page == KindPage.markdown(of: kind),
      "write it again: plumb schema \(kind.rawValue) --format markdown")
  }

  @Test("say of every field where it stands, and what holds between fields")
  func fields() {
    let page = KindPage.markdown(of: .instance)
    #expect(page.contains("`source.export.parameters`"))
    #expect(page.contains("`breakGlass[].owner`"))
    #expect(page.contains("Exactly one of `source.api`, `source.recorded`, `source.export`"))
    #expect(
      KindPage.markdown(of: .exception).contains(
        "Where `status` is riskAccepted or planned, there is `expires`."))
  }

  @Test("show an example that is read without a fault", arguments: DocumentKind.allCases)
  func examples(kind: DocumentKind) throws {
    let type = kind.type
    let spec = type.example.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    let text =
      "apiVersion: plumb/v1\nkind: \(kind.rawValue)\nmetadata: { name: an-example }\nspec:\n\(spec)\n"
    let diagnostics = Diagnostics()
    let documents = YAMLParser.parse(Array(text.utf8), file: "x.yaml", into: diagnostics)
    let envelope = try #require(Envelope(documents[0], kinds: [kind], diagnostics: diagnostics))
    #expect(type.init(envelope, diagnostics: diagnostics) != nil)
    #expect(diagnostics.all.isEmpty, "\(diagnostics)")
    let value = try #require(YAMLValue(documents[0].root, into: diagnostics))
    #expect(
      SchemaChecker.faults(of: JSONValue(value), against: KindSchema.schema(for: kind)) == [])
  }
}
