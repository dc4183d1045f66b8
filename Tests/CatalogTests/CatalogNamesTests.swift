import Catalog
import Connectors
import Testing
import YAML

@testable import Posture

@Suite("Names of the catalog")
struct CatalogNamesTests {
  @Test("are what the files' paths tell, for every kind")
  func paths() {
    let decoded = DecodedCatalog(
      files: Catalog.files.map { (path: $0.path, bytes: $0.bytes(withTests: false)) },
      diagnostics: Diagnostics()
    ).names
    for kind in DocumentKind.allCases {
      #expect(CatalogNames.builtIn.all(kind) == decoded.all(kind), "\(kind)")
    }
    let apps = Set(CatalogNames.builtIn.all(.connector))
    for recommendation in CatalogTests.library.recommendations.values {
      #expect(
        CatalogNames.builtIn.app(of: .recommendation, recommendation.name)
          == recommendation.app.value)
      #expect(apps.contains(recommendation.app.value))
    }
    for format in CatalogTests.library.exportFormats.values {
      #expect(CatalogNames.builtIn.app(of: .exportFormat, format.name) == format.app)
    }
  }

  @Test("a part has what is about its apps, and what is asked of another app is found all the same")
  func part() throws {
    let diagnostics = Diagnostics()
    let part = DecodedCatalog.builtIn(
      .part(apps: ["okta"], initiatives: ["identity-security"]), diagnostics: diagnostics)
    #expect(Set(part.recommendations.values.map(\.app.value)) == ["okta"])
    #expect(part.connectors.keys.sorted() == ["okta"])
    #expect(part.initiatives.keys.sorted() == ["identity-security"])
    #expect(part.frameworks.isEmpty && part.exportFormats.isEmpty)
    let other = try #require(
      CatalogTests.library.recommendations.values.first { $0.app.value == "github" })
    #expect(part.recommendation(other.name)?.digest == other.digest)
    #expect(part.recommendation("no-such-thing") == nil)
    #expect(diagnostics.isEmpty)
  }
}
