import JSON
import Posture
import Testing

@testable import Reports

/// Whatever a tenant calls its things, a message stays within its limits and does nothing but tell.
@Suite("Hostile messages")
struct HostileMessageTests {
  static let names =
    HostileNameTests.names + [
      "<!channel> <!here> <!everyone> <@U012AB3CD> <#C123|general>",
      "<https://evil.example|Report>",
      "*bold* _it_ ~no~ `code` :fire: @here", "<at>Everyone</at>", "[Report](https://evil.example)",
      "{{ .Labels }} {{ template \"x\" }}", String(repeating: "&", count: 9_000),
      String(repeating: "<", count: 9_000), String(repeating: "👩‍👩‍👧", count: 3_000),
    ]

  /// Every text in a value.
  private static func texts(_ value: JSONValue) -> [String] {
    switch value {
    case .string(let text): [text]
    case .array(let elements): elements.flatMap(texts)
    case .object(let members): members.flatMap { [$0.0] + texts($0.1) }
    default: []
    }
  }

  private static func message(_ name: String) -> NotificationMessage? {
    NotificationTests.message(Sample.hostile(name))
  }

  @Test("nothing is hidden in any text of any form", arguments: names)
  func hidden(name: String) throws {
    let message = try #require(Self.message(name))
    for form in Settings.NotificationForm.allCases {
      for text in Self.texts(try NotificationTests.json(message, form)) {
        // Annotations of alerts have lines.
        var previous: Unicode.Scalar?
        let hidden = text.unicodeScalars.first { scalar in
          defer { previous = scalar }
          return !(form != .webhook && scalar == "\n")
            && HiddenScalars.isHidden(scalar, after: previous)
        }
        #expect(hidden == nil, "\(form): \(text.prefix(200))")
      }
    }
  }

  @Test("Slack sees no mention and no link but ours, and takes the message", arguments: names)
  func slack(name: String) throws {
    let message = try NotificationTests.json(try #require(Self.message(name)), .slack)
    let blocks = try #require(message["blocks"]?.array)
    #expect(blocks.count <= 50)
    #expect(blocks.reduce(0) { $0 + Self.texts($1).joined().utf16.count } < 13_000)
    for block in blocks {
      let text = block["text"] ?? block["elements"]?[0]
      let words = try #require(text?["text"]?.string)
      #expect(words.utf16.count <= (block["type"] == "header" ? 150 : 3_000))
      #expect(!words.isEmpty)
      guard block["type"] != "header" else {
        #expect(text?["type"] == "plain_text")
        continue
      }
      #expect(text?["verbatim"] == true)
      for part in words.split(separator: "<").dropFirst(words.hasPrefix("<") ? 0 : 1) {
        #expect(
          part.hasPrefix("https://") && part.contains(/^[^<>|]+\|(Report|Console)>/), "\(part)")
      }
      // An entity that is cut is none.
      #expect(!words.contains(/&(?!amp;|lt;|gt;)/), "\(words)")
    }
    let fallback = try #require(message["text"]?.string)
    #expect(!fallback.contains("<") && !fallback.contains(">"))
    #expect(message["unfurl_links"] == false)
  }

  @Test("Teams gets runs of plain text alone, within its 28 KB", arguments: names)
  func teams(name: String) throws {
    let message = try #require(Self.message(name))
    #expect(message.body(.teams, sentAt: Sample.now).count <= NotificationMessage.mostTeamsBytes)
    let card = try NotificationTests.json(message, .teams)["attachments"]?[0]?["content"]
    #expect(card?["msteams"]?["entities"] == nil)
    func kinds(_ value: JSONValue) -> Set<String> {
      switch value {
      case .array(let elements): elements.reduce(into: []) { $0.formUnion(kinds($1)) }
      case .object(let members):
        members.reduce(into: []) { result, member in
          if member.0 == "type", let kind = member.1.string { result.insert(kind) }
          if member.0 == "url" { #expect(member.1.string?.hasPrefix("https://") == true) }
          result.formUnion(kinds(member.1))
        }
      default: []
      }
    }
    #expect(
      kinds(try #require(card)).isSubset(of: [
        "AdaptiveCard", "RichTextBlock", "TextRun", "Container", "ActionSet", "Action.OpenUrl",
      ]))
  }

  @Test("an alert is filed under names alone", arguments: names)
  func alertmanager(name: String) throws {
    let message = try #require(Self.message(name))
    let alerts = try #require(try NotificationTests.json(message, .alertmanager).array)
    #expect(!alerts.isEmpty)
    for alert in alerts {
      for (label, value) in alert["labels"]?.object ?? [] {
        #expect(label.wholeMatch(of: /[a-z]+/) != nil)
        #expect(value.string?.wholeMatch(of: /[A-Za-z0-9-]+/) != nil, "\(value)")
      }
      #expect(Self.texts(alert).joined().utf8.count < 16_000)
    }
  }
}
