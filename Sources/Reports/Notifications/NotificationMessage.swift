internal import Connectors
package import Posture

/// What one channel is told of one run: the worst ten of what there is, and how many more.
package struct NotificationMessage: Sendable {
  /// The channel's name.
  package let channel: String
  /// The same however often the same run of the same record is told: receivers tell repetitions by it.
  package let id: String
  /// When the run judged.
  package let at: Instant
  /// For people: without echoes, worst first.
  package let notices: [Notice]
  /// For those who keep the state themselves: with echoes.
  let filed: [Notice]
  let links: SourceLinks
  /// The overview of the committed report, relative to the repository's root.
  let overview: String

  /// Notices that a message tells one by one.
  package static let most = 10
  /// Alerts that one run files.
  package static let mostFiled = 1_000

  /// The notices told one by one.
  var told: ArraySlice<Notice> { notices.prefix(Self.most) }

  /// `and 3 more not compliant, 2 more resolved`; nil where all are told.
  ///
  /// - Parameter count: How many are told.
  func rest(after count: Int) -> String? {
    let left = notices.dropFirst(count)
    if left.isEmpty { return nil }
    var order: [String] = []
    var counts: [String: Int] = [:]
    for notice in left {
      if counts[notice.word] == nil { order.append(notice.word) }
      counts[notice.word, default: 0] += 1
    }
    return "and "
      + order.map { "\(counts[$0] ?? 0) more: \($0.lowercased())" }.joined(separator: ", ")
  }

  /// The first line: what is worst, and no number of ours, so that the same thing is told in the same words.
  package var firstLine: String {
    guard let worst = notices.first else { return "Plumb" }
    return "Plumb: \(worst.title)" + (notices.count > 1 ? ", and others" : "")
  }

  /// Where a notice's page is read on the web; nil where the remote's address there is not known.
  func page(of notice: Notice) -> String? {
    notice.page.flatMap(links.address(ofPage:)).flatMap(Escaping.linkTarget)
  }

  /// Where the report is read.
  var report: String? { links.address(ofPage: overview).flatMap(Escaping.linkTarget) }

  /// The bytes for a channel of that kind.
  ///
  /// - Parameter sentAt: When it is sent: what lasts is filed until long after.
  package func body(_ form: Settings.NotificationForm, sentAt: Instant) -> [UInt8] {
    switch form {
    case .webhook: webhook
    case .slack: slack
    case .teams: teams
    case .alertmanager: alerts(sentAt: sentAt)
    }
  }

  /// Whether there is anything to tell a channel of that kind.
  package func isEmpty(for form: Settings.NotificationForm) -> Bool {
    form == .alertmanager ? filed.isEmpty : notices.isEmpty
  }
}

extension NotificationMessage {
  /// One message for each channel that has something to hear, in the order of writing.
  ///
  /// - Parameters:
  ///   - plan: Unfiltered, as it was recorded.
  ///   - settings: What is told to whom.
  ///   - links: To the commit of the report.
  package static func all(
    of plan: Plan, settings: Settings, links: SourceLinks
  ) -> [NotificationMessage] {
    let declared = settings.notifications
    if declared.isEmpty { return [] }
    let maker = NoticeMaker(plan.comparison, folder: settings.reportsPath)
    let notices = maker.notices()
    return declared.channels.compactMap { channel in
      let entries = declared.filter { $0.channel == channel }
      let heard = notices.filter { notice in
        entries.contains { entry in
          entry.admits(notice.impact) && !notice.topics.isDisjoint(with: entry.topics)
        }
      }
      if heard.isEmpty { return nil }
      return NotificationMessage(
        channel, heard, at: plan.at, record: plan.recordedRevision ?? "", links: links,
        overview: maker.page(.overview))
    }
  }

  /// What an operator sends to see that a channel works.
  package static func test(_ channel: String, at: Instant) -> NotificationMessage {
    var notice = Notice(
      .test, .event, of: Notice.Subject(), topics: [], headline: "this channel works")
    notice.detail = "Somebody ran 'plumb notify test \(channel)'; nothing is amiss."
    return NotificationMessage(
      channel, [notice], at: at, record: at.description,
      links: SourceLinks(remote: nil, revision: nil), overview: "")
  }

  private init(
    _ channel: String, _ heard: [Notice], at: Instant, record: String, links: SourceLinks,
    overview: String
  ) {
    self.channel = channel
    self.at = at
    self.links = links
    self.overview = overview
    filed = heard
    notices = heard.filter { !$0.isEcho }
    id =
      "msg_"
      + Digest.sha256(([channel, record] + heard.map(\.key)).joined(separator: "\u{0}")).prefix(32)
  }
}
