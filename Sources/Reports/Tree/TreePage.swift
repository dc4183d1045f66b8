/// A page of the report tree: where it is, and how one links to another.
enum TreePage: Hashable {
  case overview, drift, events, exceptions, recommendations
  case initiative(String)
  case instance(String)
  case recommendation(String)
  case framework(String)

  /// Relative to the reports folder.
  var path: String {
    switch self {
    case .overview: "README.md"
    case .drift: "drift.md"
    case .events: "events.md"
    case .exceptions: "exceptions.md"
    case .recommendations: "recommendations.md"
    case .initiative(let name): "initiatives/\(Slug(name).text).md"
    case .instance(let name): "instances/\(Slug(name).text)/README.md"
    case .recommendation(let name): "recommendations/\(Slug(name).text).md"
    case .framework(let name): "frameworks/\(Slug(name).text).md"
    }
  }

  /// The address of another page as this one writes it.
  ///
  /// - Parameter anchor: A place in the other page, as it was named there.
  func address(of other: TreePage, at anchor: String? = nil) -> String {
    let place = anchor.map { "#\(Slug($0).text)" } ?? ""
    if other == self, !place.isEmpty { return place }
    let depth = path.count { $0 == "/" }
    return String(repeating: "../", count: depth) + other.path + place
  }

  /// A link to another page.
  func link(_ text: String, to other: TreePage, at anchor: String? = nil) -> Markdown {
    "\(text, toFile: address(of: other, at: anchor))"
  }

  /// A link to another page, its text a name in code.
  func link(name: String, to other: TreePage, at anchor: String? = nil) -> Markdown {
    "[\(cell: name)](\(raw: address(of: other, at: anchor)))"
  }

  /// The line beneath a page's title that leads to the pages at the top.
  var navigation: Markdown {
    let pages: [(String, TreePage)] = [
      ("Overview", .overview), ("Recommendations", .recommendations), ("Drift", .drift),
      ("Exceptions", .exceptions), ("Events", .events),
    ]
    return pages.map { title, page in
      page == self ? "**\(raw: title)**" : link(title, to: page)
    }.joined(" · ")
  }
}
