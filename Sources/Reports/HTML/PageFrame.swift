internal import Posture

/// What stands around every page: the policy, the way to the other pages, and where the page comes from.
struct PageFrame {
  let site: SiteContext

  /// A page as a file of its own.
  func page(_ address: PageAddress) -> [UInt8] {
    var html = HTMLWriter(PagePlace(layout: .site, page: address))
    Self.document("\(title(address)) · \(siteTitle)", into: &html) { html in
      header(address, &html)
      if !site.options.notice.isEmpty {
        html.element(.p, .class("banner"), .role("status"), text: site.options.notice)
      }
      html.element(.main, .id("main")) { write(address, &$0) }
      footer(&html)
    }
    return html.bytes + [UInt8(ascii: "\n")]
  }

  /// A page with its stylesheet and script beside it.
  static func document(
    _ title: String, into html: inout HTMLWriter, body: (inout HTMLWriter) -> Void
  ) {
    html.doctype()
    html.element(.html, .lang("en")) { html in
      html.element(.head) { html in
        meta(policy: HTMLReport.policy, &html)
        html.element(.title, text: title)
        html.element(
          .link, .attribute("rel", "stylesheet"),
          .geometry("href", html.place.path(to: PageAsset.style.name)))
        html.script(beside: .script)
      }
      html.element(.body, content: body)
    }
  }

  /// All pages in one: the stylesheet shows the one that is asked for, or the first; paper shows them all.
  func file() -> [UInt8] {
    var html = HTMLWriter(PagePlace(layout: .file, page: .overview))
    html.doctype()
    html.element(.html, .lang("en"), .class("one")) { html in
      html.element(.head) { html in
        Self.meta(
          policy: Self.policy(
            script: PageAsset.script.source, style: PageAsset.style.source, image: "data:"), &html)
        html.element(.title, text: siteTitle)
        html.asset(.style)
        html.asset(.script)
      }
      html.element(.body) { html in
        header(nil, &html)
        html.element(.main) { html in
          for address in site.pages {
            html.place.page = address
            html.element(.article, .id(""), .class("page")) { write(address, &$0) }
          }
          html.place.page = .overview
        }
        footer(&html)
      }
    }
    return html.bytes + [UInt8(ascii: "\n")]
  }

  static func policy(script: String, style: String, image: String) -> String {
    "default-src 'none'; script-src \(script); style-src \(style); img-src \(image); base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'"
  }

  private static func meta(policy: String, _ html: inout HTMLWriter) {
    html.element(.meta, .attribute("charset", "utf-8"))
    html.element(
      .meta, .attribute("http-equiv", "Content-Security-Policy"), .geometry("content", policy))
    html.element(
      .meta, .attribute("name", "viewport"),
      .attribute("content", "width=device-width, initial-scale=1"))
    html.element(.meta, .attribute("name", "robots"), .attribute("content", "noindex, nofollow"))
    html.element(.meta, .attribute("name", "referrer"), .attribute("content", "no-referrer"))
  }

  private var siteTitle: String {
    "SaaS posture" + (site.options.links.name.map { " of \($0)" } ?? "")
  }

  // MARK: Around the page

  private static let navigation: [(StaticString, PageAddress)] = [
    ("Overview", .overview), ("Recommendations", .recommendations), ("Instances", .instances),
    ("Matrix", .matrix), ("Frameworks", .frameworks), ("Drift", .drift),
    ("Exceptions", .exceptions), ("Compare", .compare), ("About", .about),
  ]

  private func header(_ current: PageAddress?, _ html: inout HTMLWriter) {
    if let current {
      html.element(
        .a, .class("skip"), .href(.page(current, anchor: "main")), words: "Skip to the page")
    }
    html.element(.header, .class("site")) { html in
      html.element(.a, .class("brand"), .href(.page(.overview))) { html in
        html.element(
          .svg, .decorative, .attribute("viewBox", "0 0 16 24"), .number("width", 16),
          .number("height", 24)
        ) { html in
          html.element(.path, .class("string"), .attribute("d", "M8 0V12"))
          html.element(.path, .class("bob"), .attribute("d", "M4 12H12L11 17L8 24L5 17Z"))
        }
        html.words("Plumb")
      }
      html.element(.nav, .label("Pages")) { html in
        html.element(.ul) { html in
          for (title, address) in Self.navigation {
            html.element(.li) { html in
              let isCurrent = current.map { Self.section(of: $0) == address } ?? false
              html.element(
                .a, attributes: [.href(.page(address))] + (isCurrent ? [.currentPage] : [])
              ) { $0.words(title) }
            }
          }
        }
      }
      html.element(
        .button, .type("button"), .class("theme"), .data("data-theme"), .hidden,
        .label("Colours: as the system")
      ) { $0.words("Theme") }
    }
  }

  /// The page of the navigation that a page belongs to.
  private static func section(of address: PageAddress) -> PageAddress {
    switch address {
    case .recommendation: .recommendations
    case .instance: .instances
    case .framework: .frameworks
    case .initiative: .overview
    default: address
    }
  }

  private func footer(_ html: inout HTMLWriter) {
    html.element(.footer, .class("site")) { html in
      html.element(.p) { html in
        origin(&html)
        html.text(" · Plumb \(site.options.version) · ")
        html.element(.a, .href(.page(.about)), words: "How scores are made")
      }
      html.element(.p) { html in
        html.words("It lists weaknesses and names: share it with those who need it.")
        html.words(" ")
        html.element(
          .button, .type("button"), .data("data-shortcuts"), .hidden, words: "Shortcut keys: on")
      }
    }
  }

  /// What the page is of: a report, or a plan.
  func origin(_ html: inout HTMLWriter) {
    if let report = site.story.report {
      html.words("Report ")
      html.commit(report.revision, in: site)
      html.words(" of ")
      html.time(report.at)
    } else {
      html.words("Plan of ")
      html.time(site.story.at)
    }
    if let revision = site.story.report?.desiredRevision ?? site.story.desired.revision {
      html.words(" · desired state ")
      html.commit(revision, in: site)
    }
  }

  // MARK: Pages

  private func title(_ address: PageAddress) -> String {
    switch address {
    case .overview: "Overview"
    case .recommendations: "Recommendations"
    case .instances: "Instances"
    case .matrix: "Matrix"
    case .frameworks: "Frameworks"
    case .drift: "Drift"
    case .exceptions: "Exceptions"
    case .compare: "Compare"
    case .about: "About"
    case .recommendation(let name): site.byRecommendation[name]?.first?.title ?? name
    case .instance(let name): site.instance(name)?.displayName ?? name
    case .initiative(let name): site.index.title(ofInitiative: name)
    case .framework(let name):
      site.story.frameworks.first { $0.framework.name == name }?.framework.title ?? name
    }
  }

  private func write(_ address: PageAddress, _ html: inout HTMLWriter) {
    switch address {
    case .overview: SiteOverview(site: site).write(into: &html)
    case .recommendations: SiteRecommendations(site: site).write(into: &html)
    case .instances: SiteInstances(site: site).write(into: &html)
    case .matrix: SiteMatrix(site: site).write(into: &html)
    case .frameworks: SiteFrameworks(site: site).write(into: &html)
    case .drift: SiteDrift(site: site).write(into: &html)
    case .exceptions: SiteExceptions(site: site).write(into: &html)
    case .compare: SiteCompare(site: site).write(into: &html)
    case .about: SiteAbout(site: site).write(into: &html)
    case .recommendation(let name):
      SiteRecommendation(name: name, site: site).write(into: &html)
    case .instance(let name):
      if let instance = site.instance(name) {
        SiteInstance(instance: instance, site: site).write(into: &html)
      }
    case .initiative(let name):
      if let initiative = site.comparison.initiatives.first(where: { $0.name == name }) {
        SiteInitiative(initiative: initiative, site: site).write(into: &html)
      }
    case .framework(let name):
      if let standing = site.story.frameworks.first(where: { $0.framework.name == name }) {
        SiteFramework(standing: standing, site: site).write(into: &html)
      }
    }
  }
}
