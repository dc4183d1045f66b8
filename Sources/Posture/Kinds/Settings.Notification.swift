package import YAML

extension Settings {
  /// What one channel is told. Where the channel is, and what proves who tells it, the environment says: desired
  /// state only names it.
  package struct Notification: Sendable, Hashable {
    /// The channel's name: `security`.
    package private(set) var channel = ""
    /// What it is told, in order of writing.
    package private(set) var topics: [Topic] = []
    /// The least impact of recommendations that it is told of; nil for every one.
    package private(set) var minImpact: Impact?

    package init(
      to channel: String = "", on topics: [Topic] = [], minImpact: Impact? = nil
    ) {
      self.channel = channel
      self.topics = topics
      self.minImpact = minImpact
    }

    /// Whether it is told of a recommendation of that impact; nil is of none, and always told.
    package func admits(_ impact: Impact?) -> Bool {
      guard let impact, let minImpact else { return true }
      return impact >= minImpact
    }
  }

  /// What a channel can be told, worst first. What begins is told again when it is over.
  package enum Topic: String, Sendable, CaseIterable {
    /// A recommendation that was met, or decided, is now neither.
    case regressed
    /// A recommendation that was not judged before is not met.
    case newNotCompliant
    /// An observation is not believed.
    case suspect
    /// An instance, or a whole app, is not seen as it is now.
    case unobserved
    /// An initiative is below its target.
    case targetMissed
    case exceptionExpired, exceptionExpiringSoon
    /// A score fell by the threshold of an event.
    case scoreDropped
    /// More resources are affected of a recommendation that is not met.
    case moreAffected
    /// A setting of a tenant has another value than recorded.
    case drift
  }
}

extension Settings {
  /// What a channel takes, as `PLUMB_NOTIFY_<NAME>_KIND` names it.
  package enum NotificationForm: String, Sendable, CaseIterable {
    /// CloudEvents in JSON, signed as Standard Webhooks demand.
    case webhook
    /// Blocks for an incoming webhook of Slack.
    case slack
    /// An Adaptive Card for a workflow of Microsoft Teams.
    case teams
    /// Alerts for Alertmanager, which keeps what lasts until it is told that it is over.
    case alertmanager
  }
}

extension Settings.Notification: Described {
  package init(at node: Node) { self.init() }

  package static let fields: [Field<Self>] = [
    .required(
      "to", \.channel, .dnsLabel,
      "The channel's name; PLUMB_NOTIFY_<NAME>_URL in the environment says where it is."),
    .required(
      "on", \.topics, .nonEmptyList(of: .choice(of: Settings.Topic.self)),
      "What it is told when it begins, and again when it is over."),
    .optional(
      "minImpact", \.minImpact, .choice(of: Impact.self),
      "The least impact of recommendations that it is told of; low by default."),
  ]
}

extension [Settings.Notification] {
  /// The channels in order of writing, each once.
  package var channels: [String] {
    var seen: Set<String> = []
    return map(\.channel).filter { seen.insert($0).inserted }
  }

  /// What is told to whom, apart: channel, topic, impact.
  var coverage: Set<[String]> {
    Set(
      flatMap { entry in
        entry.topics.flatMap { topic in
          Impact.allCases.filter { entry.admits($0) }.map {
            [entry.channel, topic.rawValue, $0.rawValue]
          }
        }
      })
  }

  /// `security: regressed, suspect (at least high)`, an entry after the other.
  var text: String {
    if isEmpty { return "nobody is told" }
    return map { entry in
      "\(entry.channel): \(entry.topics.map(\.rawValue).joined(separator: ", "))"
        + (entry.minImpact.map { " (at least \($0.rawValue))" } ?? "")
    }.joined(separator: "; ")
  }
}
