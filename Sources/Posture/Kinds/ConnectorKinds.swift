package import Connectors
package import YAML

/// How an app is read. Whatever asks for, keeps, or understands something else may read less.
extension Connector: Kind {
  package static let differences: [FieldDifference] =
    [
      .coming(.neutral, going: .weakens, of: "!"),
      .list(more: .strengthens, fewer: .weakens, of: "redact"),
      .list(more: .strengthens, fewer: .weakens, of: "collections.*.redact"),
      .list(more: .strengthens, fewer: .weakens, of: "collections.*.permissions"),
      .list(more: .strengthens, fewer: .weakens, of: "collections.*.scopes"),
      .coming(.strengthens, going: .weakens, of: "collections.*.!"),
    ]
    + [
      "metadata.labels", "displayName", "documentation", "setup", "concurrency", "rateLimit.**",
      "parameters.*.description", "parameters.*.example", "credentials.*.description",
      "collections.*.label",
    ].map { .neutral(of: $0) }
    + [
      "parameters.**", "credentials.**", "hosts", "baseURL", "headers.**", "authentication.**",
      "pagination.**", "total.**", "errors.**", "grantsHeader", "tenant.**", "collections.**",
    ].map { .weakens(of: $0) }

  package init(_ envelope: Envelope) { self.init(name: envelope.name) }

  /// - Parameter origin: `.catalog` for Plumb's own manifests only.
  package init?(_ envelope: Envelope, origin: Origin, diagnostics: Diagnostics) {
    self.init(name: envelope.name, origin: origin)
    guard Self.fields.read(into: &self, from: envelope.spec, diagnostics) else { return nil }
  }
}

extension ExportFormat: Kind {
  package init(_ envelope: Envelope) { self.init(name: envelope.name) }
}
