package import YAML

/// One tenant of an app, connected under a name and switched by itself.
package struct Instance: Sendable {
  package let name: String
  package let labels: [String: String]
  package let app: Located<String>
  package let displayName: String
  /// Whether the instance is assessed. Off: declared, not assessed, in no score.
  package let recommendations: Bool
  package let source: Source
  /// Seconds after which an observation no longer counts, whatever its source.
  package let maxAge: Int
  /// The accounts and groups that are kept for emergencies.
  package var breakGlass: [BreakGlass] = []
  /// Where the parameters' values are written, by name.
  package var parameterMarks: [String: Mark] = [:]
  /// Where the source is written.
  package var sourceMark: Mark?
  /// Where the document's name stands.
  package let mark: Mark
  /// SHA-256 of its app and source: another source is not a change of the tenant.
  package let digest: String

  /// Where the observation comes from.
  package enum Source: Sendable {
    /// Read over the app's API and stored; parameters are free text such as a domain.
    case api(parameters: [String: String])
    /// A folder in the format of stored observations, relative to the repository's root.
    case recorded(path: Located<String>, parameters: [String: String])
    /// Another tool's export, relative to the repository's root.
    case export(format: Located<String>, path: Located<String>, parameters: [String: String])

    /// What conditions read as `instance.parameters` and links fill in as `{name}`.
    package var parameters: [String: String] {
      switch self {
      case .api(let parameters), .recorded(_, let parameters), .export(_, _, let parameters):
        parameters
      }
    }
  }

  /// An account, or a group of accounts, that policies may leave out so that an emergency has a way in.
  package struct BreakGlass: Sendable, Hashable {
    /// As the vendor identifies it: an object's id, or a user's address.
    package let id: String
    package let kind: Kind
    package let reason: String
    package let owner: String

    package enum Kind: String, Sendable, CaseIterable { case user, group }
  }

  /// Whether what was observed at a time no longer counts.
  package func isTooOld(observedAt: Instant, now: Instant) -> Bool {
    now.secondsSince1970 - observedAt.secondsSince1970 > maxAge
  }

  /// The time from which something observed is made anew, and its record renewed: half of `maxAge`
  /// later, so that a job that comes once in that time keeps it fresh, and one that is late once does
  /// no harm.
  package func renewal(of observedAt: Instant) -> Instant {
    Instant(secondsSince1970: observedAt.secondsSince1970 + maxAge / 2)
  }

  /// Whether the time has come to observe anew, or to renew the record.
  ///
  /// A job that runs every so often never comes at the same second: what is due within a
  /// forty-eighth of `maxAge` (an hour of two days) is due, or else a job that came a minute early
  /// would leave it until the next time, when it is almost too old.
  package func isDue(observedAt: Instant, now: Instant) -> Bool {
    renewal(of: observedAt).secondsSince1970 < now.secondsSince1970 + max(1, maxAge / 48)
  }
}

extension Instance.Source {
  /// Seconds after which an observation no longer counts, when the document says nothing: of an API
  /// two days, so that a nightly job that is late reddens nothing; of what people bring, a week.
  package var defaultMaxAge: Int {
    switch self {
    case .api: 2 * 86_400
    case .recorded, .export: 7 * 86_400
    }
  }
}

/// Which instances an exception or an initiative is about.
package enum InstanceSelector: Sendable {
  case all
  case names([Located<String>])
  /// Every label has the value.
  case matchLabels([String: String], mark: Mark)

  package func matches(_ instance: Instance) -> Bool {
    switch self {
    case .all: true
    case .names(let names): names.contains { $0.value == instance.name }
    case .matchLabels(let labels, _):
      labels.allSatisfy { instance.labels[$0.key] == $0.value }
    }
  }
}
