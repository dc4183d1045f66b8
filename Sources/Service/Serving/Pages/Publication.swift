#if Service
internal import Crypto
internal import NIOCore
package import Posture
package import Reconciler
package import Reports
internal import Text

/// What is served of one report: made once, never changed, and swapped as a whole.
package struct Publication: Sendable {
  /// A page or a file beside it.
  struct Page: Sendable {
    let body: ByteBuffer
    let type: String
    /// A strong one (RFC 9110, section 8.8.3), in its quotation marks.
    let tag: String

    init(_ bytes: [UInt8], type: String) {
      body = ByteBuffer(bytes: bytes)
      self.type = type
      tag = Self.tag(of: bytes)
    }

    static func tag(of bytes: [UInt8]) -> String {
      "\"\(Hexadecimal.text(Array(Array(SHA256.hash(data: bytes)).prefix(16))))\""
    }
  }

  package let story: Story
  package let report: ReportReference
  let site: ServedSite
  let pages: [String: Page]
  let version: String
  /// Why the tip of the branch is not what is served; nil where it is.
  package let problem: String?
  private let outline: HistoryOutline
  private let source: HistorySource
  /// In the order of views.
  private let ordered: [RecommendationResult]
  let kept = KeptAnswers()

  /// - Parameters:
  ///   - story: Of a recorded report.
  ///   - options: How pages are made.
  ///   - problem: What stands on every page of why this is not the newest report.
  package init?(
    _ story: Story, reader: HistoryReader, options: HTMLReport.Options, problem: String? = nil
  ) {
    guard let report = story.report else { return nil }
    self.init(
      story, report: report, outline: reader.outline, source: reader.source, options: options,
      problem: problem)
  }

  private init(
    _ story: Story, report: ReportReference, outline: HistoryOutline, source: HistorySource,
    options: HTMLReport.Options, problem: String?
  ) {
    var options = options
    options.notice = problem.map { "This may not be the newest report: \($0)." } ?? ""
    self.story = story
    self.report = report
    self.problem = problem
    self.outline = outline
    self.source = source
    version = options.version
    site = ServedSite(story, options: options)
    pages = Dictionary(
      uniqueKeysWithValues: site.files.map { ($0, Page($1, type: Self.type(of: $0))) })
    ordered = UrgencyIndex(story.comparison).sorted(story.comparison.instances.flatMap(\.results))
      .map(\.result)
  }

  /// The same report, with or without a word on every page of why it is not the newest.
  func saying(_ problem: String?, options: HTMLReport.Options) -> Publication {
    Publication(
      story, report: report, outline: outline, source: source, options: options, problem: problem)
  }

  static func type(of path: String) -> String {
    switch path.suffix(4) {
    case ".css": "text/css; charset=utf-8"
    case let end where end.hasSuffix(".js"): "text/javascript; charset=utf-8"
    default: "text/html; charset=utf-8"
    }
  }

  // MARK: What the interface asks

  var summary: ServedReport {
    ServedReport(
      report: report, previous: story.previous, source: source, version: version, problem: problem)
  }

  /// A reader of the record, of the report that is served and those before it.
  func reader() throws -> HistoryReader { try HistoryReader(outline) }

  func instance(_ name: String) -> InstancePlan? {
    story.comparison.instances.first { $0.name == name }
  }

  func results(_ filter: PlanFilter) -> [RecommendationResult] {
    let shown = Set(story.comparison.instances.filter(filter.matches).map(\.name))
    return ordered.filter { shown.contains($0.instance) && filter.matches($0) }
  }

  func explanation(of name: String) -> Explanation? {
    let results = ordered.filter { $0.name == name }
    guard
      let recommendation = results.lazy.compactMap(\.recommendation).first
        ?? story.recommendations.first(where: { $0.name == name })
    else { return nil }
    return outline.explanation(of: recommendation, results: results, in: story.comparison)
  }
}
#endif
