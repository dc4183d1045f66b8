package import Posture
package import YAML

/// What the kinds say of themselves, and what is written here of those that do not yet.
enum KindFields {}

extension DocumentKind {
  /// What a document of the kind is.
  var summary: String {
    switch self {
    case .connector: "How Plumb reads one app."
    case .exportFormat: "How another tool's export becomes an observation."
    default: type?.summary ?? ""
    }
  }

  /// What stands in its `spec`.
  package var shape: Shape {
    switch self {
    case .connector: .object(KindFields.connector)
    case .exportFormat: .object(KindFields.exportFormat)
    default: type?.shape ?? .any
    }
  }
}
