internal import Catalog
package import YAML

/// The built-in catalog, decoded: what every desired state may refer to.
package struct Library: Sendable {
  package let connectors: [String: Connector]
  package let exportFormats: [String: ExportFormat]
  /// By app.
  package let definitions: [String: Definitions]
  package let recommendations: [String: Recommendation]
  package let initiatives: [String: Initiative]
  package let frameworks: [String: Framework]

  /// Reads the built-in YAML. Faults in it are Plumb's own; the test suite shows there are none.
  ///
  /// - Parameter withTests: Whether recommendations and definitions come with their tests.
  package static func builtIn(withTests: Bool = false, diagnostics: Diagnostics) -> Library {
    Library(
      files: Catalog.files.map {
        (path: "catalog/\($0.path)", bytes: $0.bytes(withTests: withTests))
      }, diagnostics: diagnostics)
  }

  /// - Parameter files: Names and contents of the catalog's files.
  package init(files: [(path: String, bytes: [UInt8])], diagnostics: Diagnostics) {
    var connectors: [String: Connector] = [:]
    var exportFormats: [String: ExportFormat] = [:]
    var definitions: [String: Definitions] = [:]
    var recommendations: [String: Recommendation] = [:]
    var initiatives: [InitiativeDocument] = []
    var frameworks: [String: Framework] = [:]
    for file in files {
      for document in YAMLParser.parse(file.bytes, file: file.path, into: diagnostics) {
        guard
          let envelope = Envelope(document, kinds: DocumentKind.allCases, diagnostics: diagnostics)
        else { continue }
        let name = envelope.name.value
        switch envelope.kind {
        case .connector:
          connectors[name] = Connector(envelope, origin: .catalog, diagnostics: diagnostics)
        case .exportFormat:
          exportFormats[name] = ExportFormat(envelope, diagnostics: diagnostics)
        case .framework:
          frameworks[name] = Framework(envelope, diagnostics: diagnostics)
        case .definitions:
          if let item = Definitions(envelope, diagnostics: diagnostics) {
            definitions[item.app.value] = item
          }
        case .recommendation:
          recommendations[name] = Recommendation(
            envelope, origin: .catalog, diagnostics: diagnostics)
        case .initiative:
          if let item = InitiativeDocument(envelope, diagnostics: diagnostics) {
            initiatives.append(item)
          }
        case .instance, .exception, .settings, .recommendationOverride:
          diagnostics.error(
            "a \(envelope.kind.rawValue) does not belong in the catalog", at: envelope.name.mark)
        }
      }
    }
    self.connectors = connectors
    self.exportFormats = exportFormats
    self.definitions = definitions
    self.recommendations = recommendations
    self.frameworks = frameworks
    self.initiatives = Dictionary(
      initiatives.compactMap { $0.resolve(builtIn: nil, known: [], diagnostics: diagnostics) }
        .map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }
}
