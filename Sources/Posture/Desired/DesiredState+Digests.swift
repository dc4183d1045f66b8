internal import Connectors
internal import YAML

extension DesiredState {
  /// A SHA-256 that tells whether two desired states read an instance's observation alike: over its
  /// source, and how the app's resources are identified.
  package func sourceDigest(of instance: Instance) -> String {
    sourceDigest(instance.digest, app: instance.app.value)
  }

  /// The same of one source of an instance.
  package func sourceDigest(of source: Instance.Source, of instance: Instance) -> String {
    sourceDigest(source.digest, app: instance.app.value)
  }

  private func sourceDigest(_ digest: String, app: String) -> String {
    let collections = (connectors[app]?.collections ?? []).map { collection in
      [collection.name, collection.identity ?? "", collection.forEach ?? ""].joined(separator: " ")
    }
    return Digest.sha256(([digest] + collections).joined(separator: "\n"))
  }

  /// A SHA-256 that tells whether two desired states judge one observation of an instance alike:
  /// over what conditions read of the instance, the recommendations, and the exceptions about
  /// resources, whether they hold or not. The time is no part of it: see
  /// ``CompiledState/judgementDigest(of:in:now:)``.
  func judgementDigest(of instance: Instance) -> String {
    let labels = instance.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let recommendations = recommendations(of: instance.app.value)
      .map { "\($0.name) \($0.digest)" }
    let exceptions = exceptions(for: instance).filter { $0.resources != nil }
      .map { "\($0.name) \($0.digest)" }
    let breakGlass = instance.breakGlass.map { "\($0.kind.rawValue) \($0.id)" }
    let parts = [
      labels, breakGlass, recommendations, exceptions,
      [definitions[instance.app.value]?.digest ?? ""],
      collections(of: instance.app.value).sorted()
        + notAvailable(of: instance.app.value).sorted { $0.key < $1.key }
        .map { "\($0.key) \($0.value.reason) \($0.value.place)" },
    ]
    return Digest.sha256(parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n"))
  }
}
