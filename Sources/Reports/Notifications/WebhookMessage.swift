internal import JSON
internal import Posture

/// For any receiver: an event as [CloudEvents 1.0](https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md)
/// writes it in JSON; `type`, `time` and `data` are what
/// [Standard Webhooks](https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md) asks of a payload.
extension NotificationMessage {
  var webhook: [UInt8] {
    let rest = notices.dropFirst(Self.most)
    var counts: [(String, JSONValue)] = Notice.State.allCases.map { state in
      (state.rawValue, .int(Int64(rest.count { $0.state == state })))
    }
    counts.insert(("total", .int(Int64(rest.count))), at: 0)
    let data: [(String, JSONValue)] =
      [
        ("channel", .string(channel)), ("summary", .string(firstLine)),
        ("notices", .array(told.map(value))), ("more", .object(counts)),
      ] + (report.map { [("report", .string($0))] } ?? [])
    return JSONValue.object([
      ("specversion", "1.0"), ("id", .string(id)),
      ("source", .string(links.web ?? "plumb")), ("type", "plumb.posture.changed"),
      ("time", .string(at.description)), ("datacontenttype", "application/json"),
      ("data", .object(data)),
    ]).bytes()
  }

  private func value(_ notice: Notice) -> JSONValue {
    func text(_ name: String, _ value: String?) -> [(String, JSONValue)] {
      value.map { [(name, .string($0))] } ?? []
    }
    var members: [(String, JSONValue)] = [
      ("key", .string(notice.key)), ("kind", .string(notice.kind.rawValue)),
      ("state", .string(notice.state.rawValue)), ("title", .string(notice.title)),
      ("subject", .object(notice.subject.names.map { ($0.0, .string($0.1)) })),
    ]
    members += text("impact", notice.impact?.rawValue) + text("detail", notice.detail)
    if !notice.settings.isEmpty {
      members.append(
        (
          "settings",
          .array(
            notice.settings.map { setting in
              .object(
                text("resource", setting.resource) + text("name", setting.name)
                  + text("found", setting.found) + text("expected", setting.expected))
            })
        ))
    }
    members += text("affected", notice.affected)
    if !notice.remedy.isEmpty {
      members.append(("remedy", .array(notice.remedy.map(JSONValue.string))))
    }
    members += text("console", notice.console) + text("page", page(of: notice))
    return .object(members)
  }
}
