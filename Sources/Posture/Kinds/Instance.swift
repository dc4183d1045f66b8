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
  /// Seconds after which an observation no longer counts; nil when what was recorded or exported
  /// by hand never grows old.
  package let maxAge: Int?
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

  /// The age at which an observation over an API no longer counts, when the document says nothing.
  package static let defaultMaxAge = 24 * 3_600

  /// Whether what was observed at a time no longer counts.
  package func isTooOld(observedAt: Instant, now: Instant) -> Bool {
    guard let maxAge else { return false }
    return now.secondsSince1970 - observedAt.secondsSince1970 > maxAge
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
