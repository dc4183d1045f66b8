internal import Connectors
package import Posture

/// One thing that people are told of: something began, is over, or happened.
///
/// Its texts are on one line each, bounded, and nothing is hidden in them; each form of message escapes them once
/// more as its own markup demands.
package struct Notice: Sendable, Hashable {
  /// Whether it lasts.
  package enum State: String, Sendable, CaseIterable {
    /// It began, and lasts until it is told as resolved.
    case firing
    /// It happened, and does not last.
    case event
    /// It is over.
    case resolved
  }

  /// What a notice is about, whatever is said of it: the same from when it begins until it is over.
  package enum Kind: String, Sendable, CaseIterable {
    case notCompliant, suspect, unobserved, outage, targetMissed, exceptionExpired
    case exceptionExpiringSoon, scoreDropped, moreAffected, drift
    /// An operator tries a channel.
    case test
  }

  /// The names of what it is about: no text of a tenant is among them.
  package struct Subject: Sendable, Hashable {
    package var app: String?
    package var instance: String?
    package var recommendation: String?
    package var initiative: String?
    package var exception: String?
    /// What is about a part of it, such as a setting; nil for the whole.
    package var part: String?

    package init() {}

    /// The names by what they name, in a fixed order.
    package var names: [(String, String)] {
      [
        ("app", app), ("instance", instance), ("recommendation", recommendation),
        ("initiative", initiative), ("exception", exception),
      ].compactMap { name, value in value.map { (name, $0) } }
    }
  }

  /// One setting: what was found where, beside what was expected.
  package struct Setting: Sendable, Hashable {
    /// The resource that has it; nil for the instance as a whole.
    let resource: String?
    let name: String
    let found: String
    /// Nil where nothing is expected of it.
    let expected: String?

    /// `Default Policy: minLength is 8, expected at least 14`.
    var text: String {
      (resource.map { "\($0): " } ?? "") + "\(name) is \(found)"
        + (expected.map { ", expected \($0)" } ?? "")
    }
  }

  package let kind: Kind
  package let state: State
  package let subject: Subject
  /// The channels' topics that it is told under.
  package let topics: Set<Settings.Topic>
  /// The recommendation's; nil where it is about none.
  package let impact: Impact?
  /// What the first line says: no time, no duration, no number of ours, so that it is the same whenever it is told.
  package let headline: String
  /// What there is to say beside it, a sentence.
  package var detail: String?
  /// The settings that decide it, the first ones.
  package var settings: [Setting] = []
  /// Who or what is affected, the first ones, and how many more.
  package var affected: String?
  /// How to fix it, line by line.
  package var remedy: [String] = []
  /// Where to fix it: an address of the app's console.
  package var console: String?
  /// The page of the committed report, relative to the repository's root, with its anchor.
  package var page: String?
  /// Told to those alone who keep the state themselves: others were told of it as something else, or never.
  package var isEcho = false
  /// The severity by which those who keep the state file it: that of the recommendation's points.
  package var filedImpact: Impact?

  package init(
    _ kind: Kind, _ state: State, of subject: Subject, topics: Set<Settings.Topic>,
    impact: Impact? = nil, headline: String
  ) {
    self.kind = kind
    self.state = state
    self.subject = subject
    self.topics = topics
    self.impact = impact
    self.headline = headline
  }

  /// What receivers tell repetitions by: the same for the same thing in the same state, whenever it is told.
  package var key: String {
    let names = subject.names.map { "\($0.0)=\($0.1)" }
    let parts = [kind.rawValue, state.rawValue] + names + [subject.part ?? ""]
    return String(Digest.sha256(parts.joined(separator: "\u{0}")).prefix(32))
  }

  /// How bad it is, worst first: what lasts before what happened, then impact, then the order of kinds.
  var rank: [Int] {
    let grave: Int
    switch kind {
    case .notCompliant, .moreAffected, .drift: grave = Self.rank(of: impact)
    case .suspect, .outage, .unobserved, .targetMissed, .exceptionExpired: grave = 1
    case .exceptionExpiringSoon, .scoreDropped, .test: grave = 2
    }
    let states: [State] = [.firing, .event, .resolved]
    return [
      states.firstIndex(of: state) ?? 0, grave, Kind.allCases.firstIndex(of: kind) ?? 0,
    ]
  }

  private static func rank(of impact: Impact?) -> Int {
    switch impact {
    case .high: 0
    case .medium: 1
    case .low, nil: 2
    }
  }

  /// What happened, in a word or two: `Not compliant`, `Resolved`.
  var word: String {
    if state == .resolved { return "Resolved" }
    return switch kind {
    case .notCompliant: "Not compliant"
    case .suspect: "Held as suspect"
    case .unobserved, .outage: "Not observed"
    case .targetMissed: "Target missed"
    case .exceptionExpired: "Exception expired"
    case .exceptionExpiringSoon: "Exception ends soon"
    case .scoreDropped: "Score dropped"
    case .moreAffected: "More is affected"
    case .drift: "Drift"
    case .test: "Test"
    }
  }

  /// The first line about it.
  package var title: String { "\(word): \(headline)" }
}
