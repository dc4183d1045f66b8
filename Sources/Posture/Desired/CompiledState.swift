internal import Connectors
package import YAML

/// The recommendations and exceptions of a desired state, compiled for the apps in use.
package struct CompiledState: Sendable {
  /// The recommendations by app, each list sorted by name.
  package let recommendations: [String: [CompiledRecommendation]]
  /// By app and exception's name.
  private let exceptions: [String: [String: CompiledException]]

  /// Compiles the recommendations of the given apps, and the exceptions about their instances; what
  /// has a fault is left out, and told in `diagnostics`.
  ///
  /// - Parameters:
  ///   - apps: Nil compiles those of every app, to check them.
  ///   - declaredOnly: Whether of the recommendations only those are compiled that the repository brings
  ///     or changes: Plumb's own tests check the others.
  package init(
    _ state: DesiredState, apps: Set<String>?, declaredOnly: Bool = false, diagnostics: Diagnostics
  ) {
    var recommendations: [String: [CompiledRecommendation]] = [:]
    var exceptions: [String: [String: CompiledException]] = [:]
    let wanted = apps ?? Set(state.connectors.keys)
    for app in wanted.sorted() {
      let scope = Scope(
        collections: state.collections(of: app), definitions: state.definitions[app],
        citations: state.citations(of: app), diagnostics: diagnostics)
      recommendations[app] = state.recommendations(of: app)
        .filter { !declaredOnly || $0.isDeclared }.compactMap {
          CompiledRecommendation($0, in: scope, diagnostics: diagnostics)
        }
      var compiled: [String: CompiledException] = [:]
      for instance in state.instances where instance.app.value == app {
        for place in state.exceptionPlaces(for: instance.name) {
          if declaredOnly, state.exceptions[place].resources == nil { continue }
          let exception = state.exceptions[place]
          guard compiled[exception.name] == nil else { continue }
          compiled[exception.name] = CompiledException(
            exception, in: scope, diagnostics: diagnostics)
        }
      }
      exceptions[app] = compiled
    }
    self.recommendations = recommendations
    self.exceptions = exceptions
  }

  /// The names of an app's recommendations whose verdict or settings rest on a name, such as `now`,
  /// directly or through variables and definitions.
  package func readers(of name: String, app: String) -> Set<String> {
    Set(
      (recommendations[app] ?? []).filter { $0.names.contains(name) }
        .map(\.recommendation.name))
  }

  /// A SHA-256 that tells whether observations of an instance are judged alike: equal digests give
  /// equal verdicts on equal observations. It depends on the time only when a condition or an
  /// exception reads it.
  package func judgementDigest(
    of instance: Instance, in state: DesiredState, now: Instant
  ) -> String {
    let app = instance.app.value
    let readsNow =
      (recommendations[app] ?? []).contains(where: \.readsNow)
      || state.exceptions(for: instance).contains {
        exceptions[app]?[$0.name]?.readsNow == true
      }
    let judgement = state.judgementDigest(of: instance)
    return readsNow ? Digest.sha256("\(judgement) at \(now)") : judgement
  }

  /// Tells whether an observation of an instance gives the same verdicts, apart from those that rest on the time.
  ///
  /// - Returns: SHA-256 over all of the desired state and the catalog that judging it reads.
  package func assessmentDigest(of instance: Instance, in state: DesiredState) -> String {
    let app = instance.app.value
    let all = recommendations[app] ?? []
    let parts = [
      instance.name, instance.displayName, app, state.sourceDigest(of: instance),
      state.connectors[app]?.digest ?? "", state.judgementDigest(of: instance),
      "\(all.count { $0.recommendation.origin == .desiredState })",
    ]
    return Digest.sha256(parts.joined(separator: "\n"))
  }

  /// The recommendations whose verdict on an instance rests on the time, by themselves or by an exception about
  /// resources.
  package func timeReaders(for instance: Instance, in state: DesiredState) -> Set<String> {
    let app = instance.app.value
    var names = Set((recommendations[app] ?? []).filter(\.readsNow).map(\.recommendation.name))
    for exception in state.exceptions(for: instance)
    where exceptions[app]?[exception.name]?.readsNow == true {
      names.formUnion(exception.recommendations.map(\.value))
    }
    return names
  }

  /// What judges the instance at a time.
  ///
  /// - Parameter only: The recommendations to judge; nil judges all.
  package func evaluator(
    for instance: Instance, in state: DesiredState, now: Instant, only: Set<String>? = nil
  ) -> Evaluator {
    let app = instance.app.value
    var matched: [String: [CompiledException]] = [:]
    for exception in state.exceptions(for: instance) where exception.resources != nil {
      guard let compiled = exceptions[app]?[exception.name] else { continue }
      for name in exception.recommendations { matched[name.value, default: []].append(compiled) }
    }
    let all = recommendations[app] ?? []
    var evaluator = Evaluator(
      instance,
      recommendations: only.map { only in
        all.filter { only.contains($0.recommendation.name) }
      } ?? all,
      exceptions: matched, now: now, absences: state.absences(from: instance),
      notAvailable: state.notAvailable(of: instance.app.value))
    // Of all, not of those that are judged now: what is judged alone is judged alike.
    evaluator.own = .own(of: all.count { $0.recommendation.origin == .desiredState })
    return evaluator
  }
}
