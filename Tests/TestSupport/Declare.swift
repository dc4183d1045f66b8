/// Documents of desired state and of a catalog, written as a user writes them; what a test does not care about
/// has a default.
package enum Declare {
  /// - Parameters:
  ///   - labels: Members of `metadata.labels`.
  ///   - spec: The lines of a mapping, or one in braces.
  package static func document(
    _ kind: String, _ name: String, labels: String? = nil, _ spec: String
  ) -> String {
    let labels = labels.map { ", labels: { \($0) }" } ?? ""
    let lines = spec.split(separator: "\n").map { "\n  \($0)" }.joined()
    return """
      apiVersion: plumb/v1
      kind: \(kind)
      metadata: { name: \(name)\(labels) }
      spec:\(spec.hasPrefix("{") ? " " + spec : lines)

      """
  }

  /// A connector of `collections`, which are recorded: it asks nobody.
  package static func connector(_ app: String, _ collections: String = "") -> String {
    document(
      "Connector", app,
      "displayName: \(app.prefix(1).uppercased() + app.dropFirst())\ncollections: { \(collections) }"
    )
  }

  /// - Parameters:
  ///   - app: What the name begins with.
  ///   - fields: What is judged, and how, from line 10 on.
  package static func recommendation(
    _ name: String, _ title: String = "Require it", of app: String? = nil, impact: String = "high",
    _ fields: String
  ) -> String {
    document(
      "Recommendation", name,
      """
      app: \(app ?? self.app(name))
      title: \(title)
      impact: \(impact)
      category: identity
      remediation: Do it.
      \(fields)
      """)
  }

  /// - Parameters:
  ///   - app: What the name begins with.
  ///   - fields: Members of the `spec`, beside its app and its source.
  ///   - source: What is recorded in the repository under its name.
  package static func instance(
    _ name: String, of app: String? = nil, labels: String? = nil, _ fields: String? = nil,
    source: String? = nil
  ) -> String {
    let fields = fields.map { "\($0), " } ?? ""
    return document(
      "Instance", name, labels: labels,
      "{ app: \(app ?? self.app(name)), \(fields)source: { \(source ?? "recorded: { path: observed/\(name) }") } }"
    )
  }

  package static func exception(
    _ name: String = "e", of recommendation: String, on instance: String,
    status: String = "riskAccepted", resources: String? = nil, justification: String = "Because.",
    owner: String = "a@contoso.example", expires: String? = "2026-12-31"
  ) -> String {
    document(
      "Exception", name,
      """
      recommendation: \(recommendation)
      status: \(status)
      instances: [\(instance)]
      justification: \(justification)
      owner: \(owner)
      \(resources.map { "resources: \($0)\n" } ?? "")\(expires.map { "expires: \($0)" } ?? "")
      """)
  }

  /// - Parameter spec: Members of the `spec`.
  package static func settings(_ spec: String) -> String {
    document("Settings", "settings", "{ \(spec) }")
  }

  private static func app(_ name: String) -> String { String(name.prefix { $0 != "-" }) }
}

extension [String] {
  /// One file of several documents.
  package var documents: String { joined(separator: "---\n") }
}
