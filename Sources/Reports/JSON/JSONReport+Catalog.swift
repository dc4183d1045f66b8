internal import JSON
internal import Posture
internal import YAML

extension JSONReport {
  /// `plumb catalog list`: an object of kind `Catalog`.
  package static func catalog(_ listing: CatalogListing) -> [UInt8] {
    let recommendation = JSONShape<Recommendation>([
      .value("name", \.name), .value("app", \.app.value), .value("title", \.title),
      .value("impact", \.impact), .value("category", \.category),
      .list("controls", of: .control, \.controls),
    ])
    let app = JSONShape<(name: String, count: Int)>([
      .value("name", \.name), .value("recommendations", \.count),
    ])
    let framework = JSONShape<CatalogListing.Framework>([
      .value("name", \.name), .value("controls", \.controls),
      .value("recommendations", \.recommendations),
    ])
    return bytes(
      JSONShape(
        document: "Catalog",
        [
          .list("recommendations", of: recommendation, \.recommendations),
          .list("apps", of: app, \.apps), .list("frameworks", of: framework, \.frameworks),
        ]), of: listing)
  }
}
