import JSON
import Posture
import Reports
import Testing
import YAML

/// `plumb catalog list`
@Suite struct CatalogListingTests {
  @Test("counts each control of a framework once, and every recommendation that names one")
  func frameworks() throws {
    let listing = CatalogListing(
      Array(DecodedCatalog.builtIn(diagnostics: Diagnostics()).recommendations.values))
    let scuba = try #require(listing.frameworks.first { $0.name == "cisa-scuba" })
    #expect(scuba.controls == 242)
    let cis = try #require(listing.frameworks.first { $0.name == "cis-microsoft-365" })
    #expect(cis.controls > 115 && cis.recommendations > cis.controls)
    #expect(listing.frameworks.map(\.name) == listing.frameworks.map(\.name).sorted())
  }

  @Test("is JSON with the same counts")
  func json() throws {
    let listing = CatalogListing(Array(Sample.library.recommendations.values))
    let view = try JSONView(parsing: JSONReport.catalog(listing))
    #expect(view["kind"]?.string == "Catalog")
    #expect(view["recommendations"]?.count == listing.recommendations.count)
    #expect(
      (view["frameworks"].map { Array($0.elements) } ?? []).map { $0["controls"]?.int }
        == listing.frameworks.map(\.controls))
  }
}
