internal import JSON
internal import Posture
internal import YAML

extension JSONReport {
  /// `plumb catalog list`: an object of kind `Catalog`.
  package static func catalog(_ listing: CatalogListing) -> [UInt8] {
    document("Catalog") { writer in
      writer.array("recommendations") { writer in
        for recommendation in listing.recommendations {
          writer.elementObject { writer in
            writer.member("name", recommendation.name)
            writer.member("app", recommendation.app.value)
            writer.member("title", recommendation.title)
            writer.member("impact", recommendation.impact.rawValue)
            writer.member("category", recommendation.category.rawValue)
            writer.controls(of: recommendation)
          }
        }
      }
      writer.array("apps") { writer in
        for app in listing.apps {
          writer.elementObject { writer in
            writer.member("name", app.name)
            writer.member("recommendations", app.count)
          }
        }
      }
      writer.array("frameworks") { writer in
        for framework in listing.frameworks {
          writer.elementObject { writer in
            writer.member("name", framework.name)
            writer.member("controls", framework.controls)
            writer.member("recommendations", framework.recommendations)
          }
        }
      }
    }
  }
}
