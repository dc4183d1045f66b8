package import Connectors
internal import Text
internal import YAML

/// What one revision of the repository declares, checked and joined with the catalog.
package struct DesiredState: Sendable {
  /// The Settings document; its defaults where there is none.
  package let settings: Settings
  /// Sorted by name.
  package let instances: [Instance]
  /// The tracked initiatives, sorted by name.
  package let initiatives: [Initiative]
  /// Sorted by name.
  package let exceptions: [Exception]
  /// Every enabled recommendation of the apps in use, with its overrides, sorted by name.
  package let recommendations: [Recommendation]
  /// The names of the recommendations that an override switched off.
  package let disabled: Set<String>
  /// By app: the catalog's, as far as it is decoded, and the repository's own.
  package let connectors: [String: Connector]
  /// By app: the catalog's, as far as it is decoded, and the repository's own.
  package let definitions: [String: Definitions]
  /// The catalog that this is joined with.
  let library: DecodedCatalog
  /// The documents as they are written, in order of files, for comparing two desired states; empty
  /// where none is to be compared.
  package var declarations: [Declaration] = []
  private let places: [String: Int]
  /// The places of the exceptions for each instance, so that thousands of either meet only where
  /// they belong together.
  private let exceptionPlaces: [[Int]]

  /// Joins what has been read and checked: sorts each list by name, and finds each instance's
  /// exceptions.
  package init(
    settings: Settings, instances: consuming [Instance], initiatives: [Initiative],
    exceptions: consuming [Exception], recommendations: [Recommendation], disabled: Set<String>,
    connectors: [String: Connector], definitions: [String: Definitions], library: DecodedCatalog
  ) {
    self.settings = settings
    // Where they are given on by whoever had them, in place.
    instances.sort { $0.name < $1.name }
    exceptions.sort { $0.name < $1.name }
    self.instances = instances
    self.exceptions = exceptions
    self.initiatives = initiatives.sorted { $0.name < $1.name }
    self.recommendations = recommendations.sorted { $0.name < $1.name }
    self.disabled = disabled
    self.connectors = connectors
    self.definitions = definitions
    self.library = library
    let places = Dictionary(firstOf: self.instances.enumerated().map { ($1.name, $0) })
    self.places = places
    var exceptionPlaces = [[Int]](repeating: [], count: self.instances.count)
    for place in self.exceptions.indices {
      Self.select(self.exceptions[place].instances, of: self.instances, places: places) {
        exceptionPlaces[$0].append(place)
      }
    }
    self.exceptionPlaces = exceptionPlaces
  }

  /// By name: the catalog's, as far as it is decoded. A repository brings none of its own.
  package var exportFormats: [String: ExportFormat] { library.exportFormats }

  /// The instance of a name; nil when none is declared.
  package func instance(_ name: String) -> Instance? { places[name].map { instances[$0] } }

  /// The same state with some of its instances, and no initiatives: what assessing those needs.
  package func restricted(to names: Set<String>) -> DesiredState {
    DesiredState(
      settings: settings, instances: instances.filter { names.contains($0.name) }, initiatives: [],
      exceptions: exceptions, recommendations: recommendations, disabled: disabled,
      connectors: connectors, definitions: definitions, library: library)
  }

  /// The tracked initiative of a name; nil when there is none.
  package func initiative(_ name: String) -> Initiative? {
    initiatives.first { $0.name == name }
  }

  /// The exception of a name, whether it holds or not; nil when there is none.
  package func exception(_ name: String) -> Exception? { exceptions.first { $0.name == name } }

  /// The enabled recommendation of a name, even of an app that is not in use here; nil when there
  /// is none, or an override switched it off.
  package func recommendation(_ name: String) -> Recommendation? {
    recommendations.first { $0.name == name }
      ?? (disabled.contains(name) ? nil : library.recommendation(name))
  }

  /// The names of all recommendations that are not switched off, of every app, sorted.
  package var recommendationNames: [String] {
    library.names.all(.recommendation).subtracting(disabled).union(recommendations.map(\.name))
      .sorted()
  }

  /// The selected instances, sorted by name.
  package func instances(matching selector: InstanceSelector) -> [Instance] {
    places(matching: selector).map { instances[$0] }
  }

  /// The places of the selected instances in ``instances``, in order.
  func places(matching selector: InstanceSelector) -> [Int] {
    var selected: [Int] = []
    Self.select(selector, of: instances, places: places) { selected.append($0) }
    return selected
  }

  /// The place in ``instances`` of the one of a name; nil where none is declared.
  func place(ofInstance name: String) -> Int? { places[name] }

  /// Calls with the place of each selected instance, in order.
  private static func select(
    _ selector: InstanceSelector, of instances: [Instance], places: [String: Int],
    _ body: (Int) -> Void
  ) {
    guard case .names(let names) = selector else {
      for place in instances.indices where selector.matches(instances[place]) { body(place) }
      return
    }
    // Most are about one.
    if names.count == 1 {
      if let place = places[names[0].value] { body(place) }
    } else {
      Set(names.compactMap { places[$0.value] }).sorted().forEach(body)
    }
  }

  /// The recommendations of one app, sorted by name.
  package func recommendations(of app: String) -> [Recommendation] {
    recommendations.filter { $0.app.value == app }
  }

  /// The exceptions that are about the instance, sorted by name.
  package func exceptions(for instance: Instance) -> [Exception] {
    exceptionPlaces(for: instance.name).map { exceptions[$0] }
  }

  /// The places in ``exceptions`` of those that are about the instance, in order.
  func exceptionPlaces(for instance: String) -> [Int] {
    places[instance].map { exceptionPlaces[$0] } ?? []
  }

  /// The same of the instance at a place in ``instances``.
  func exceptionPlaces(ofInstanceAt place: Int) -> [Int] { exceptionPlaces[place] }

  /// Everything that an initiative's score depends on: the selected instances that are assessed,
  /// and the recommendations for their apps.
  package func resolve(_ initiative: Initiative) -> InitiativeDefinition {
    let instances = instances(matching: initiative.instances).filter(\.recommendations)
    let apps = Set(instances.map(\.app.value))
    let judged = recommendations.filter { apps.contains($0.app.value) }
    return InitiativeDefinition(
      name: initiative.name, title: initiative.title, targetScore: initiative.targetScore,
      instances: instances.map(\.name),
      metrics: initiative.metrics.map { metric in
        InitiativeDefinition.Metric(
          name: metric.name, title: metric.title, weight: metric.weight,
          recommendations: judged.filter(metric.contains).map(\.name))
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
