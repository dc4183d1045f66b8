internal import JSON
internal import Posture

/// For a workflow of Microsoft Teams that begins [when a webhook request is
/// received](https://support.microsoft.com/en-us/office/create-incoming-webhooks-with-workflows-for-microsoft-teams-8ae491c7-0394-4861-ba59-055e33f75498)
/// and posts the card that it is sent: an [Adaptive Card](https://adaptivecards.io/explorer/AdaptiveCard.html) as an attachment.
///
/// Every text is a [`TextRun`](https://adaptivecards.io/explorer/TextRun.html), in which nothing is Markdown and nothing a mention:
/// those need an entity of their own. A message has [28 KB at the
/// most](https://learn.microsoft.com/en-us/connectors/teams/#limits), of which what Teams makes of the card counts too.
extension NotificationMessage {
  /// Bytes of a message, well below what Teams takes.
  package static let mostTeamsBytes = 20_000

  var teams: [UInt8] {
    var count = told.count
    while true {
      let bytes = teams(count)
      if bytes.count <= Self.mostTeamsBytes || count <= 1 { return bytes }
      count -= 1
    }
  }

  private func teams(_ count: Int) -> [UInt8] {
    var body: [JSONValue] = [Self.text(firstLine, isTitle: true)]
    for notice in told.prefix(count) { body.append(container(notice)) }
    if let rest = rest(after: count) { body.append(Self.text(rest)) }
    if let report { body.append(Self.actions([("Report", report)])) }
    let card: JSONValue = [
      "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard",
      "version": "1.4", "msteams": ["width": "Full"], "body": .array(body),
    ]
    return JSONValue.object([
      ("type", "message"), ("summary", .string(firstLine)),
      (
        "attachments",
        [
          [
            "contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": nil,
            "content": card,
          ]
        ]
      ),
    ]).bytes()
  }

  private func container(_ notice: Notice) -> JSONValue {
    var items = [Self.text(notice.title, isStrong: true)] + notice.lines.map { Self.text($0) }
    let links = [
      page(of: notice).map { ("Report", $0) }, notice.console.map { ("Console", $0) },
    ].compactMap(\.self)
    if !links.isEmpty { items.append(Self.actions(links)) }
    return ["type": "Container", "separator": true, "items": .array(items)]
  }

  private static func text(
    _ text: String, isTitle: Bool = false, isStrong: Bool = false
  ) -> JSONValue {
    var run: [(String, JSONValue)] = [("type", "TextRun"), ("text", .string(text))]
    if isTitle { run.append(("size", "Medium")) }
    if isTitle || isStrong { run.append(("weight", "Bolder")) }
    return ["type": "RichTextBlock", "inlines": [.object(run)]]
  }

  private static func actions(_ links: [(String, String)]) -> JSONValue {
    let actions = links.map { title, address -> JSONValue in
      ["type": "Action.OpenUrl", "title": .string(title), "url": .string(address)]
    }
    return ["type": "ActionSet", "actions": .array(actions)]
  }
}
