internal import Connectors

/// The kinds of document that Plumb reads.
package enum DocumentKind: String, Sendable, CaseIterable {
  case instance = "Instance"
  case initiative = "Initiative"
  case exception = "Exception"
  case settings = "Settings"
  case recommendation = "Recommendation"
  case recommendationOverride = "RecommendationOverride"
  case definitions = "Definitions"
  case connector = "Connector"
  case exportFormat = "ExportFormat"
  case framework = "Framework"

  /// The kinds that a repository may hold; the others are the catalog's alone.
  package static let declarable: [DocumentKind] = [
    .instance, .initiative, .exception, .settings, .recommendation, .recommendationOverride,
    .definitions, .connector,
  ]

  /// The type that reads the kind's documents.
  package var type: any Kind.Type {
    switch self {
    case .instance: Instance.self
    case .initiative: InitiativeDocument.self
    case .exception: Exception.self
    case .settings: Settings.self
    case .recommendation: Recommendation.self
    case .recommendationOverride: RecommendationOverride.self
    case .definitions: Definitions.self
    case .framework: Framework.self
    case .connector: Connector.self
    case .exportFormat: ExportFormat.self
    }
  }
}
