internal import Posture
internal import YAML

extension MarkdownReport {
  /// `plumb catalog list`: the recommendations, then which published controls they stand for.
  package static func catalog(_ listing: CatalogListing) -> String {
    var page = MarkdownPage()
    page.table(
      ["App", "Recommendation", "Impact", "Title"],
      listing.recommendations.map { recommendation in
        [
          "\(cell: recommendation.app.value)", "\(cell: recommendation.name)",
          "\(recommendation.impact.rawValue)", "\(recommendation.title)",
        ]
      })
    page.table(
      ["Framework", ">Controls", ">Recommendations"],
      listing.frameworks.map { framework in
        [
          "\(cell: framework.name)", "\(String(framework.controls))",
          "\(String(framework.recommendations))",
        ]
      })
    return page.text
  }
}
