internal import YAML

/// What one revision of the repository declares, checked and joined with the catalog.
package struct DesiredState: Sendable {
  package let settings: Settings
  /// Sorted by name.
  package let instances: [Instance]
  /// The tracked initiatives, sorted by name.
  package let initiatives: [Initiative]
  /// Sorted by name.
  package let exceptions: [Exception]
  /// Every enabled recommendation with its overrides, sorted by name.
  package let recommendations: [Recommendation]
  /// The names of those that an override switched off.
  package let disabled: Set<String>
  package let connectors: [String: Connector]
  package let exportFormats: [String: ExportFormat]
  /// By app.
  package let definitions: [String: Definitions]

  package init(
    settings: Settings, instances: [Instance], initiatives: [Initiative], exceptions: [Exception],
    recommendations: [Recommendation], disabled: Set<String>, connectors: [String: Connector],
    exportFormats: [String: ExportFormat], definitions: [String: Definitions]
  ) {
    self.settings = settings
    self.instances = instances.sorted { $0.name < $1.name }
    self.initiatives = initiatives.sorted { $0.name < $1.name }
    self.exceptions = exceptions.sorted { $0.name < $1.name }
    self.recommendations = recommendations.sorted { $0.name < $1.name }
    self.disabled = disabled
    self.connectors = connectors
    self.exportFormats = exportFormats
    self.definitions = definitions
  }

  /// The recommendations of one app, sorted by name.
  package func recommendations(of app: String) -> [Recommendation] {
    recommendations.filter { $0.app.value == app }
  }

  /// The exceptions that are declared for the recommendation on the instance, sorted by name.
  package func exceptions(for recommendation: String, on instance: Instance) -> [Exception] {
    exceptions.filter { exception in
      exception.instances.matches(instance)
        && exception.recommendations.contains { $0.value == recommendation }
    }
  }

  /// Everything that an initiative's score depends on: the instances and recommendations of now.
  package func resolve(_ initiative: Initiative) -> InitiativeDefinition {
    InitiativeDefinition(
      name: initiative.name, title: initiative.title, targetScore: initiative.targetScore,
      instances: instances.filter { $0.recommendations && initiative.instances.matches($0) }
        .map(\.name),
      metrics: initiative.metrics.map { metric in
        InitiativeDefinition.Metric(
          name: metric.name, title: metric.title, weight: metric.weight,
          recommendations: recommendations.filter(metric.contains).map(\.name))
      })
  }

  /// Every collection that conditions of the app may name.
  package func collections(of app: String) -> Set<String> {
    var names = Set(connectors[app]?.collections.map(\.name) ?? [])
    for format in exportFormats.values where format.app == app {
      names.formUnion(format.collections.map(\.name))
    }
    return names
  }
}
