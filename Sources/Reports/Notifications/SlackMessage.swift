internal import JSON
internal import Posture

/// For an [incoming webhook of Slack](https://api.slack.com/messaging/webhooks).
///
/// `&`, `<` and `>` are all that Slack's mrkdwn reads as control
/// ([formatting](https://api.slack.com/reference/surfaces/formatting)); `verbatim` keeps it from making links and mentions of what
/// only looks like one ([text object](https://api.slack.com/reference/block-kit/composition-objects#text)). A section takes 3,000 characters, a
/// header 150, a message 50 blocks ([blocks](https://api.slack.com/reference/block-kit/blocks)), and, as Slack answers and does not say
/// ([bolt-js#2509](https://github.com/slackapi/bolt-js/issues/2509)), some 13,000 characters in all blocks together.
extension NotificationMessage {
  /// Characters of a notice, so that ten of them fit.
  private static let longest = 1_100

  var slack: [UInt8] {
    var blocks: [JSONValue] = [
      [
        "type": "header",
        "text": ["type": "plain_text", "text": .string(Self.clip(firstLine, 150)), "emoji": false],
      ]
    ]
    for notice in told { blocks.append(section(notice)) }
    let ends = [
      rest(after: told.count).map { Self.escaped($0, 400) }, report.map { Self.link("Report", $0) },
    ].compactMap(\.self)
    if !ends.isEmpty {
      blocks.append([
        "type": "context", "elements": [mrkdwn(ends.joined(separator: " · "))],
      ])
    }
    return JSONValue.object([
      ("text", .string(Self.escaped(firstLine, 600))), ("mrkdwn", false),
      ("unfurl_links", false), ("unfurl_media", false), ("blocks", .array(blocks)),
    ]).bytes()
  }

  private func mrkdwn(_ text: String) -> JSONValue {
    ["type": "mrkdwn", "text": .string(text), "verbatim": true]
  }

  private func section(_ notice: Notice) -> JSONValue {
    let links = [
      page(of: notice).map { Self.link("Report", $0) },
      notice.console.map { Self.link("Console", $0) },
    ].compactMap(\.self).filter { $0.utf8.count <= 500 }
    let tail = links.isEmpty ? "" : "\n" + links.joined(separator: " · ")
    var text = "*\(Self.escaped(notice.title, 400))*"
    for line in notice.lines {
      let room = Self.longest - text.utf16.count - min(tail.utf16.count, 600) - 1
      guard room > 20 else { break }
      text += "\n" + Self.escaped(line, room)
    }
    return ["type": "section", "text": mrkdwn(text + tail)]
  }

  private static func link(_ text: String, _ address: String) -> String {
    "<\(address.replacing("&", with: "&amp;"))|\(text)>"
  }

  private static func clip(_ text: String, _ limit: Int) -> String {
    text.utf16.count <= limit ? text : escaped(text, limit) { _ in nil }
  }

  /// The text with control characters as entities, none of them cut, within a number of UTF-16 units.
  private static func escaped(_ text: String, _ limit: Int) -> String {
    escaped(text, limit) { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      default: nil
      }
    }
  }

  private static func escaped(
    _ text: String, _ limit: Int, by entity: (Unicode.Scalar) -> String?
  ) -> String {
    var result = ""
    var length = 0
    for scalar in text.unicodeScalars {
      let piece = entity(scalar) ?? String(scalar)
      guard length + piece.utf16.count <= limit - 1 else { return result + "…" }
      result += piece
      length += piece.utf16.count
    }
    return result
  }
}

extension Notice {
  /// What is said below the title, line by line: what is the case, what was found beside what was expected, how to fix
  /// it.
  var lines: [String] {
    var lines = [detail].compactMap(\.self)
    lines += settings.map { "• \($0.text)" }
    if let affected { lines.append("Affected: \(affected)") }
    if !remedy.isEmpty { lines.append("How to fix it: \(remedy.joined(separator: " "))") }
    return lines
  }
}
