internal import Connectors
internal import Text
internal import YAML

/// Checks that every name in a desired state is the name of something.
struct ReferenceChecks {
  let state: DesiredState
  /// Every initiative, the untracked ones too.
  let allInitiatives: [Initiative]
  /// By name; the switched-off ones too: naming them is no mistake.
  let recommendations: [String: (app: String, hasResources: Bool)]
  let diagnostics: Diagnostics
  /// What the connectors ask for, by app: a connector is large, and thousands of instances have one of a few.
  private let asked: [String: [ConnectorParameter]]

  init(
    state: DesiredState, allInitiatives: [Initiative], recommendations: [Recommendation],
    diagnostics: Diagnostics
  ) {
    self.state = state
    self.allInitiatives = allInitiatives
    var known = [String: (app: String, hasResources: Bool)](minimumCapacity: recommendations.count)
    for recommendation in recommendations where known[recommendation.name] == nil {
      known[recommendation.name] = (
        app: recommendation.app.value, hasResources: recommendation.collection != nil
      )
    }
    self.recommendations = known
    self.diagnostics = diagnostics
    asked = state.connectors.mapValues(\.parameters)
  }

  func check() {
    state.instances.forEach(check)
    for place in state.exceptions.indices { checkException(at: place) }
    allInitiatives.forEach(check)
    overlaps()
  }

  /// Every name that an author may mean, those of the catalog's other apps too.
  private var knownRecommendations: Set<String> {
    state.library.names.all(.recommendation).union(recommendations.keys)
  }

  private func check(_ instance: Instance) {
    let app = instance.app
    if let ended = EndedApp.named(app.value) {
      diagnostics.error(ended.message, at: app.mark)
      return
    }
    let asked = asked[app.value]
    if asked == nil {
      let known = state.library.names.all(.connector).union(state.connectors.keys)
      diagnostics.error(
        "no app named '\(app.value)'" + hint(for: app.value, among: known.sorted()), at: app.mark)
    }
    for source in instance.sources {
      if let asked { check(source, of: instance, for: asked) }
      checkFormat(of: source, app: app.value)
    }
  }

  private func checkFormat(of source: Instance.Source, app: String) {
    guard let format = source.format, let mark = source.formatMark else { return }
    guard let known = state.exportFormats[format] else {
      diagnostics.error(
        "no export format named '\(format)'"
          + hint(for: format, among: state.library.names.all(.exportFormat).sorted()),
        at: mark)
      return
    }
    if known.app != app {
      diagnostics.error(
        "export format '\(format)' is for app '\(known.app)', not '\(app)'", at: mark)
    }
  }

  /// What an instance gives its connector must be what the connector asks for: it ends up in URLs.
  ///
  /// Where something else has read the instance, nothing is missing.
  private func check(
    _ source: Instance.Source, of instance: Instance, for asked: [ConnectorParameter]
  ) {
    let parameters = source.parameters
    // A connector that reads nothing itself leaves them free: for links and conditions alone.
    guard !asked.isEmpty else { return }
    for (name, value) in parameters.sorted(by: { $0.key < $1.key }) {
      let mark = source.parameterMarks[name] ?? instance.mark
      guard let parameter = asked.first(where: { $0.name == name }) else {
        diagnostics.error(
          "connector '\(instance.app.value)' has no parameter '\(name)'"
            + hint(for: name, among: asked.map(\.name)),
          at: mark)
        continue
      }
      if let problem = parameter.problem(with: value) { diagnostics.error(problem, at: mark) }
    }
    guard source.way == .api else { return }
    for parameter in asked where parameter.isMissing(in: parameters) {
      diagnostics.error(
        "connector '\(instance.app.value)' needs parameter '\(parameter.name)'"
          + (parameter.example.map { ", such as \($0)" } ?? ""),
        at: source.mark ?? instance.mark)
    }
  }

  private func checkException(at place: Int) {
    // What is read of it, not the whole: it is large, and there are thousands.
    let instances = state.exceptions[place].instances
    let selected = places(instances)
    for name in state.exceptions[place].recommendations {
      if let source = ImportedSource.of(name.value) {
        check(name, of: source, in: state.exceptions[place])
        continue
      }
      guard let recommendation = recommendations[name.value] else {
        diagnostics.error(
          "no recommendation named '\(name.value)'"
            + Suggestion.hint(
              for: name.value, among: knownRecommendations,
              otherwise: "'plumb catalog list' lists them"),
          at: name.mark)
        continue
      }
      let app = recommendation.app
      if !selected.isEmpty, !selected.contains(where: { state.instances[$0].app.value == app }) {
        diagnostics.error(
          "'\(name.value)' is for app '\(app)', and none of the exception's instances is of it",
          at: name.mark)
      }
      if let resources = state.exceptions[place].resources, !recommendation.hasResources {
        diagnostics.error(
          "'\(name.value)' is one condition over the instance: it has no resources to except",
          at: resources.mark)
      }
    }
    if selected.isEmpty, case .matchLabels(_, let mark) = instances {
      diagnostics.error("no instance has these labels", at: mark)
    }
  }

  /// Imported recommendations are known when they are read: only their names' form can be checked
  /// before.
  private func check(
    _ name: Located<String>, of source: ImportedSource, in exception: Exception
  ) {
    let id = name.value.dropFirst(source.prefix.count)
    let isIdentifier =
      (1...200).contains(id.utf8.count)
      && id.utf8.allSatisfy {
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
          || "._-".utf8.contains($0)
      }
    if !isIdentifier {
      diagnostics.error(
        "'\(name.value)' names no control of \(source.title); write its identifier, such as '\(source.prefix)\(source.example)'",
        at: name.mark)
    }
    if let resources = exception.resources {
      diagnostics.error(
        "'\(name.value)' is \(source.vendor)'s own: it has no resources to except",
        at: resources.mark)
    }
    if !state.instances.contains(where: { source.isRead(by: state.connectors[$0.app.value]) }) {
      diagnostics.error(
        "'\(name.value)' is read from \(source.title), through an instance of app '\(source.app)', and none is declared",
        at: name.mark)
    }
  }

  private func check(_ initiative: Initiative) {
    let selected = places(initiative.instances)
    if case .matchLabels(_, let mark) = initiative.instances, selected.isEmpty {
      diagnostics.error("no instance has these labels", at: mark)
    }
    var metrics: Set<String> = []
    for metric in initiative.metrics {
      if !metrics.insert(metric.name).inserted {
        diagnostics.error(
          "another metric of '\(initiative.name)' is named '\(metric.name)'", at: metric.mark)
      }
      for name in metric.recommendations
      where recommendations[name.value] == nil
        && !state.library.names.contains(.recommendation, name.value)
      {
        diagnostics.error(
          "no recommendation named '\(name.value)'"
            + Suggestion.hint(for: name.value, among: knownRecommendations),
          at: name.mark)
      }
    }
  }

  /// The places of the selected instances, after an error for every name that is none.
  private func places(_ selector: InstanceSelector) -> [Int] {
    guard case .names(let names) = selector else { return state.places(matching: selector) }
    return names.compactMap { name in
      if let place = state.place(ofInstance: name.value) { return place }
      diagnostics.error(
        "no instance named '\(name.value)'"
          + hint(for: name.value, among: state.instances.map(\.name)), at: name.mark)
      return nil
    }
  }

  /// Warns of two exceptions for one whole recommendation of one instance: the author may be wrong
  /// about which one counts.
  private func overlaps() {
    var first: [String: Int] = [:]
    for instance in state.instances.indices {
      let places = state.exceptionPlaces(ofInstanceAt: instance)
      guard places.count > 1 else { continue }
      first.removeAll(keepingCapacity: true)
      for place in places where state.exceptions[place].resources == nil {
        for name in state.exceptions[place].recommendations {
          if let other = first[name.value] {
            let (other, exception) = (state.exceptions[other], state.exceptions[place])
            let instance = state.instances[instance].name
            diagnostics.warning(
              "'\(other.name)' already decides '\(name.value)' for instance '\(instance)'; while both hold, the stronger claim counts",
              at: exception.mark)
          } else {
            first[name.value] = place
          }
        }
      }
    }
  }

  private func hint(for name: String, among known: [String]) -> String {
    let suggestion = Suggestion.hint(for: name, among: known)
    if !suggestion.isEmpty || known.isEmpty || known.count > 20 { return suggestion }
    return "; known: \(known.joined(separator: ", "))"
  }
}
