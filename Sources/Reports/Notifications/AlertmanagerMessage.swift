internal import JSON
internal import Posture

/// For [Alertmanager](https://prometheus.io/docs/alerting/latest/alerts_api/), `/api/v2/alerts`: an alert for each notice.
///
/// Labels identify an alert ([sending alerts](https://prometheus.io/docs/alerting/latest/clients/)), so they are names and the same when it is over;
/// all else are annotations. An alert without an end is over when nobody sends it again for five minutes, and Plumb tells
/// transitions alone: what lasts is given an end far ahead, and what is over one that has passed.
extension NotificationMessage {
  /// Seconds for which what lasts is filed, unless it is told to be over before.
  static let filedFor = 365 * 86_400
  /// Seconds for which what happened is filed.
  static let eventFor = 86_400

  /// Notices that are not filed because there are too many.
  package var unfiled: Int { max(0, filed.count - Self.mostFiled) }

  func alerts(sentAt: Instant) -> [UInt8] {
    // What is over comes first: where severities differ, the old alert goes before the new one comes.
    let first = filed.prefix(Self.mostFiled)
    let alerts = first.filter { $0.state == .resolved } + first.filter { $0.state != .resolved }
    return JSONValue.array(alerts.map { alert($0, sentAt: sentAt) }).bytes()
  }

  private func alert(_ notice: Notice, sentAt: Instant) -> JSONValue {
    var labels: [(String, JSONValue)] = [("alertname", .string(notice.alertName))]
    labels += notice.subject.names.map { ($0.0, .string($0.1)) }
    if let impact = notice.filedImpact { labels.append(("impact", .string(impact.rawValue))) }
    var annotations: [(String, JSONValue)] = [("summary", .string(notice.title))]
    func annotate(_ name: String, _ text: String?) {
      if let text, !text.isEmpty { annotations.append((name, .string(text))) }
    }
    annotate("description", notice.detail)
    annotate("settings", notice.settings.map(\.text).joined(separator: "\n"))
    annotate("affected", notice.affected)
    annotate("remediation", notice.remedy.joined(separator: "\n"))
    annotate("console", notice.console)
    let page = page(of: notice)
    annotate("report", page)
    var members: [(String, JSONValue)] = [
      ("labels", .object(labels)), ("annotations", .object(annotations)),
    ]
    let times = notice.state == .resolved ? nil : min(at, sentAt)
    if let times { members.append(("startsAt", .string(times.description))) }
    let lasts =
      switch notice.state {
      case .firing: Self.filedFor
      case .event: Self.eventFor
      case .resolved: 0
      }
    members.append(("endsAt", .string(sentAt.adding(seconds: lasts).description)))
    if let page { members.append(("generatorURL", .string(page))) }
    return .object(members)
  }
}

extension Notice {
  /// `PlumbNotCompliant`.
  fileprivate var alertName: String {
    let name = kind.rawValue
    return "Plumb" + name.prefix(1).uppercased() + name.dropFirst()
  }
}
