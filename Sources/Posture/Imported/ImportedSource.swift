package import Connectors

/// Whose recommendations are imported beside the native ones: its names, as people, files and formats
/// know it. What it says, and how, only the module knows that reads it.
package struct ImportedSource: Sendable, Hashable {
  /// The name of the source in options and JSON, and of the framework by which a native recommendation
  /// names the control that it equals.
  package let name: String
  /// The product, in headings.
  package let title: String
  /// The product, in sentences.
  package let shortTitle: String
  /// Whose product it is.
  package let vendor: String
  /// The app through whose instances it is read.
  package let app: String
  /// What names of its recommendations begin with: no native one can be named so.
  package let prefix: String
  /// An identifier of one, to show what they look like.
  package let example: String
  /// The name of its files in an instance's folder, without what they end with.
  package let file: String
  /// The kind of its recorded state.
  package let stateKind: String
  /// The key of what is imported in a plan's JSON.
  package let key: String
  /// The collections that it is read from: without the first there is nothing to import.
  package let collections: [String]
  /// The states that it can be told, as it names them.
  package let states: [String]
  /// What credentials must be allowed to write states into it, beyond what reading needs.
  package let writePermission: String
  /// The option of `plumb apply` that writes them.
  package let option: String

  package static let secureScore = ImportedSource(
    name: "microsoft-secure-score", title: "Microsoft Secure Score", shortTitle: "Secure Score",
    vendor: "Microsoft", app: "microsoft-365", prefix: "secure-score/", example: "AdminMFAV2",
    file: "secure-score", stateKind: "SecureScoreState", key: "secureScores",
    collections: ["secureScoreControlProfiles", "secureScores"],
    states: ["Default", "Ignored", "ThirdParty", "Reviewed"],
    writePermission: "SecurityEvents.ReadWrite.All", option: "--sync-secure-score")

  /// Every source that there is.
  package static let all = [secureScore]

  /// The source that a recommendation's name is of; nil for a native one.
  package static func of(_ recommendation: String) -> ImportedSource? {
    all.first { recommendation.hasPrefix($0.prefix) }
  }

  /// Whether a connector reads it.
  package func isRead(by connector: Connector?) -> Bool {
    connector?.collections.contains { $0.name == collections[0] && !$0.requests.isEmpty } ?? false
  }
}

/// Where a recommendation comes from.
package enum RecommendationSource: Sendable, Hashable, CaseIterable, RawRepresentable {
  /// The catalog's and the repository's own.
  case native
  case imported(ImportedSource)

  package static let allCases = [.native] + ImportedSource.all.map(imported)

  package init?(rawValue: String) {
    guard let source = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = source
  }

  package var rawValue: String {
    switch self {
    case .native: "native"
    case .imported(let source): source.name
    }
  }
}
