package import Connectors

/// A vendor's product whose own recommendations are imported beside the native ones: its names, as
/// people, files and formats know it. Only the module that reads it knows what it says, and how.
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
  /// What the names of its recommendations begin with, which no native name can: `secure-score/`.
  package let prefix: String
  /// The identifier of one recommendation, to show what they look like.
  package let example: String
  /// The name of its files in an instance's folder, without `.json` and `.md`.
  package let file: String
  /// The `kind` of its recorded state.
  package let stateKind: String
  /// The key of what is imported in a plan's JSON.
  package let key: String
  /// The collections that it is read from: without the first there is nothing to import.
  package let collections: [String]
  /// The states that it can be told, as it names them, the one of no decision first.
  package let states: [String]
  /// The permission that credentials need to write states into it, beside those for reading.
  package let writePermission: String
  /// The option of `plumb apply` that writes them.
  package let option: String

  /// Microsoft Secure Score, as Microsoft Graph has it
  /// ([secureScore](https://learn.microsoft.com/graph/api/resources/securescore)).
  package static let secureScore = ImportedSource(
    name: "microsoft-secure-score", title: "Microsoft Secure Score", shortTitle: "Secure Score",
    vendor: "Microsoft", app: "microsoft-365", prefix: "secure-score/", example: "AdminMFAV2",
    file: "secure-score", stateKind: "SecureScoreState", key: "secureScores",
    collections: ["secureScoreControlProfiles", "secureScores"],
    states: ["Default", "Ignored", "ThirdParty", "Reviewed"],
    writePermission: "SecurityEvents.ReadWrite.All", option: "--sync-secure-score")

  /// Every source.
  package static let all = [secureScore]

  /// The source that a recommendation's name belongs to; nil for a native one.
  package static func of(_ recommendation: String) -> ImportedSource? {
    // Most names begin otherwise, which their first byte tells.
    let first = recommendation.utf8.first
    return all.first { first == $0.prefix.utf8.first && recommendation.hasPrefix($0.prefix) }
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
  /// A vendor's own.
  case imported(ImportedSource)

  /// The native ones first, then each source in the order of ``ImportedSource/all``.
  package static let allCases = [.native] + ImportedSource.all.map(imported)

  /// Reads what ``rawValue`` writes; nil for anything else.
  package init?(rawValue: String) {
    guard let source = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = source
  }

  /// The name in options and JSON: `native`, or the source's.
  package var rawValue: String {
    switch self {
    case .native: "native"
    case .imported(let source): source.name
    }
  }
}
