internal import Connectors
private import Foundation
package import Posture
internal import Text

/// A story as pages that people look at: a folder of them, or one file.
///
/// Everything follows from the values: no clock, no age, no name of a machine. No page asks for anything but its own
/// stylesheet and script, and a policy in the page forbids the rest.
package enum HTMLReport {
  /// What is told, and how much of it.
  package struct Options: Sendable {
    /// Plumb's.
    package var version: String
    /// How many affected resources of each result are listed; 0: how many there are, and no names.
    package var maxAffected: Int
    package var links: SourceLinks
    /// What is shown of it; scores are about everything.
    package var filter = PlanFilter()
    /// What stands on every page beside the report: why it is not the newest one. Empty for nothing.
    package var notice = ""

    package init(
      version: String, maxAffected: Int = 100,
      links: SourceLinks = SourceLinks(remote: nil, revision: nil)
    ) {
      self.version = version
      self.maxAffected = maxAffected
      self.links = links
    }
  }

  /// What was rendered, and how many affected resources of each result it lists.
  package struct Rendered {
    package let files: [(path: String, bytes: [UInt8])]
    package let maxAffected: Int
  }

  /// Bytes that all pages of a site may take, and that one file may.
  package static let siteLimit = 100_000_000
  package static let fileLimit = 10_000_000

  /// A site: its pages, stylesheet and script, sorted by path.
  ///
  /// Where all of it would be larger than ``siteLimit``, fewer affected resources are listed, and each page says so.
  package static func site(
    _ story: Story, options: Options, limit: Int = siteLimit
  ) -> Rendered {
    fitting(story, options: options, layout: .site, limit: limit) { site in
      let pages = site.pages.map { ($0.path, PageFrame(site: site).page($0)) }
      return (pages + assets).sorted { $0.0 < $1.0 }
    }
  }

  /// All pages in one file that opens without a network: for mail, and as an artifact of a pipeline.
  ///
  /// Where it would be larger than ``fileLimit``, fewer affected resources are listed, and the file says so.
  package static func file(
    _ story: Story, options: Options, limit: Int = fileLimit
  ) -> (bytes: [UInt8], maxAffected: Int) {
    let rendered = fitting(story, options: options, layout: .file, limit: limit) { site in
      [("index.html", PageFrame(site: site).file())]
    }
    return (rendered.files[0].bytes, rendered.maxAffected)
  }

  /// What a page of a site may do: run Plumb's script, use Plumb's stylesheet, and nothing else. A script that is not
  /// Plumb's does not run, wherever it came from.
  package static let policy = PageFrame.policy(
    script: "'self'", style: "'self'", image: "'self' data:")

  static var assets: [(String, [UInt8])] {
    [PageAsset.style, .script].map { ($0.name, Array($0.text.utf8)) }
  }

  /// The fewer affected resources, the smaller: the most that fit, or none.
  private static func fitting(
    _ story: Story, options: Options, layout: PagePlace.Layout, limit: Int,
    _ render: (SiteContext) -> [(String, [UInt8])]
  ) -> Rendered {
    var shown = story
    shown.comparison = options.filter.applied(to: story.comparison)
    let steps = [options.maxAffected, 25, 10, 0].filter { $0 <= options.maxAffected }
    var site = SiteContext(
      shown, options: options, layout: layout, maxAffected: max(0, options.maxAffected))
    for (index, most) in steps.enumerated() {
      site.maxAffected = max(0, most)
      let files = render(site)
      if index + 1 == steps.count || files.reduce(0, { $0 + $1.1.count }) <= limit {
        return Rendered(files: files.map { ($0.0, $0.1) }, maxAffected: site.maxAffected)
      }
    }
    return Rendered(files: [], maxAffected: 0)
  }
}

extension PageAsset {
  /// The digest by which a policy admits it: `sha256-…`.
  var source: String {
    let digest = Hexadecimal.bytes(Digest.sha256(Array(text.utf8))) ?? []
    return "'sha256-\(Data(digest).base64EncodedString())'"
  }
}
