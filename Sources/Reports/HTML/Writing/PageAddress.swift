internal import Text

/// A page of a site.
enum PageAddress: Hashable {
  case overview, recommendations, instances, matrix, frameworks, drift, exceptions, compare, about
  case recommendation(String)
  case instance(String)
  case initiative(String)
  case framework(String)

  /// Its file, relative to the site's folder: slugs only, which need no escape.
  var path: String {
    switch self {
    case .overview: "index.html"
    case .recommendations: "recommendations.html"
    case .instances: "instances.html"
    case .matrix: "matrix.html"
    case .frameworks: "frameworks.html"
    case .drift: "drift.html"
    case .exceptions: "exceptions.html"
    case .compare: "compare.html"
    case .about: "about.html"
    case .recommendation(let name): "recommendations/\(Slug(name).text).html"
    case .instance(let name): "instances/\(Slug(name).text).html"
    case .initiative(let name): "initiatives/\(Slug(name).text).html"
    case .framework(let name): "frameworks/\(Slug(name).text).html"
    }
  }

  /// Its identifier where all pages are one file.
  var anchor: String { String(path.dropLast(5)) }

  /// How many folders it is deep.
  fileprivate var depth: Int { path.utf8.count { $0 == UInt8(ascii: "/") } }
}

/// Where a link leads.
enum PageLink {
  /// A page of the site, with filters and a place on it.
  case page(PageAddress, query: [(name: String, value: String)] = [], anchor: String? = nil)
  /// An address that a recommendation or a remote names; it is no link unless it is `https:`.
  case web(String)
  /// Another site beside this one: a folder of a slug.
  case site(String)

  static func result(_ recommendation: String, on instance: String) -> PageLink {
    .page(.instance(instance), anchor: Slug(recommendation).text)
  }
}

/// Where something is written: which page, and whether it is a file of its own or a part of one.
struct PagePlace {
  enum Layout { case site, file }

  let layout: Layout
  var page: PageAddress

  /// An identifier on the page, unique in the file. Parts are separated by `/`.
  func anchor(_ name: String) -> String {
    layout == .site ? name : name.isEmpty ? page.anchor : "\(page.anchor)/\(name)"
  }

  /// The value of `href`; nil where the link leads nowhere.
  func address(of link: PageLink) -> String? {
    switch link {
    case .web(let address): return Escaping.linkTarget(address)
    case .site(let folder): return "\(Slug(folder).text)/index.html"
    case .page(let page, let query, let anchor):
      let pairs = query.map { name, value in
        "\(PercentEncoding.encoded(name))=\(PercentEncoding.encoded(value))"
      }
      let search = pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
      switch layout {
      case .file:
        return "\(search)#\(PagePlace(layout: .file, page: page).anchor(anchor ?? ""))"
      case .site:
        let fragment = anchor.map { "#" + $0 } ?? ""
        if page == self.page, search.isEmpty, anchor != nil { return fragment }
        return path(to: page.path) + search + fragment
      }
    }
  }

  /// A file of the site as the page names it.
  func path(to file: String) -> String {
    String(repeating: "../", count: page.depth) + file
  }
}

/// Plumb's own stylesheet and script.
struct PageAsset {
  enum Kind { case style, script }

  let name: String
  let kind: Kind
  let text: String

  static let style = PageAsset(name: "plumb.css", kind: .style)
  static let script = PageAsset(name: "plumb.js", kind: .script)

  private init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
    text = EmbeddedAssets.files[name] ?? ""
  }
}
