internal import JSON
internal import Posture
internal import YAML

/// A rule of a run: a recommendation, or a demand of Plumb's own.
struct SARIFRule {
  let id: String
  let title: String
  let description: String
  /// Plain text.
  let help: String
  let helpMarkdown: String
  let level: Level
  let tags: [String]
  let address: String?

  enum Level: String {
    case error, warning, note

    init(_ impact: Impact) {
      self =
        switch impact {
        case .high: .error
        case .medium: .warning
        case .low: .note
        }
    }

    /// GitHub's scale: 7.0 to 8.9 is high, 4.0 to 6.9 medium, 0.1 to 3.9 low.
    var securitySeverity: String {
      switch self {
      case .error: "8.0"
      case .warning: "5.5"
      case .note: "3.0"
      }
    }
  }

  /// GitHub's limits: characters of a description, tags of a rule.
  private static let longestDescription = 960
  private static let longestHelp = 12_000
  private static let mostTags = 10

  init(_ recommendation: Recommendation) {
    id = recommendation.name
    title = Escaping.terminal(recommendation.title)
    description =
      recommendation.rationale.isEmpty
      ? title : Self.oneLine(recommendation.rationale, longest: Self.longestDescription)
    level = Level(recommendation.impact)
    let isTrusted = recommendation.origin == .catalog
    let controls = recommendation.controls.map { "\($0.framework) \($0.id)" }
    let references = recommendation.references.map { ($0.title, Escaping.linkTarget($0.url)) }
    var plain = [recommendation.rationale, recommendation.remediation].filter { !$0.isEmpty }
      .map { Escaping.terminalLines($0).joined(separator: "\n") }
    var markdown = [recommendation.rationale, recommendation.remediation].filter { !$0.isEmpty }
      .map { Escaping.prose($0, isTrusted: isTrusted) }
    if !controls.isEmpty {
      plain.append("Controls: " + Escaping.terminal(controls.joined(separator: ", ")))
      markdown.append("Controls: " + Escaping.markdown(controls.joined(separator: ", ")))
    }
    if !references.isEmpty {
      plain.append(
        references.map { Escaping.terminal($0.0) + ($0.1.map { ": \($0)" } ?? "") }
          .joined(separator: "\n"))
      markdown.append(
        recommendation.references.map { "- " + Escaping.link($0.title, to: $0.url) }
          .joined(separator: "\n"))
    }
    help = Escaping.clipped(plain.joined(separator: "\n\n"), to: Self.longestHelp)
    helpMarkdown = Escaping.clipped(markdown.joined(separator: "\n\n"), to: Self.longestHelp)
    var tags = ["security", "saas", recommendation.app.value, recommendation.category.rawValue]
    for tag in recommendation.threats.map(\.rawValue) + recommendation.controls.map(\.framework)
    where !tags.contains(tag) {
      tags.append(tag)
    }
    self.tags = tags.prefix(Self.mostTags).map { Escaping.clipped(Escaping.terminal($0), to: 60) }
    address = references.lazy.compactMap(\.1).first
  }

  private init(id: String, title: String, help: String, level: Level) {
    // A recommendation's name has no `/`.
    self.id = "plumb/\(id)"
    self.title = title
    description = title
    self.help = help
    helpMarkdown = help
    self.level = level
    tags = ["governance"]
    address = nil
  }

  static let gap = SARIFRule(
    id: "not-assessed", title: "Observe every instance completely",
    help:
      "What is not observed is unknown and earns nothing. Observe the instance again, with the permissions that 'plumb catalog permissions' lists, or switch its recommendations off.",
    level: .note)

  /// Nil for an exception that holds.
  init?(_ state: Snapshot.Exception.State) {
    switch state {
    case .active: return nil
    case .expired:
      self.init(
        id: "exception-expired", title: "Renew or delete exceptions that have ended",
        help:
          "An exception that has ended decides nothing. Have its owner renew 'expires', or fix what it covered and delete the document.",
        level: .warning)
    case .expiringSoon:
      self.init(
        id: "exception-expiring-soon", title: "Decide about exceptions that end soon",
        help:
          "What the exception covers counts as work again after its last day. Have its owner renew 'expires', or fix what it covers.",
        level: .note)
    case .unused:
      self.init(
        id: "exception-unused", title: "Delete exceptions that cover nothing",
        help: "Nothing that the exception covers is amiss any more: delete the document.",
        level: .note)
    }
  }

  /// The rules of the results, each once, in the order of their first result.
  static func used(by results: [SARIFResult]) -> (list: [SARIFRule], index: [String: Int]) {
    var list: [SARIFRule] = []
    var index: [String: Int] = [:]
    for result in results where index[result.rule.id] == nil {
      index[result.rule.id] = list.count
      list.append(result.rule)
    }
    return (list, index)
  }

  private static func oneLine(_ text: String, longest: Int) -> String {
    let lines = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return Escaping.terminal(lines, to: longest)
  }
}

extension JSONWriter {
  mutating func rule(_ rule: SARIFRule) {
    elementObject { writer in
      writer.member("id", rule.id)
      writer.object("shortDescription") { $0.member("text", rule.title) }
      writer.object("fullDescription") { $0.member("text", rule.description) }
      writer.member(ifPresent: "helpUri", rule.address)
      writer.object("help") { writer in
        writer.member("text", rule.help)
        writer.member("markdown", rule.helpMarkdown)
      }
      writer.object("defaultConfiguration") { $0.member("level", rule.level.rawValue) }
      writer.object("properties") { writer in
        writer.member("precision", "very-high")
        writer.member("security-severity", rule.level.securitySeverity)
        writer.array("tags") { writer in for tag in rule.tags { writer.element(tag) } }
      }
    }
  }
}
