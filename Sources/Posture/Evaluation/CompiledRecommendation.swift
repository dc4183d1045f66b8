internal import CEL
internal import JSON
internal import Text
package import YAML

/// A recommendation whose conditions are compiled and checked.
///
/// A class, since each instance of a fleet goes through all of them: handing one on copies nothing.
package final class CompiledRecommendation: Sendable {
  /// What was compiled: as declared, with its overrides.
  package let recommendation: Recommendation
  let scope: Scope
  /// As many slots as the conditions can read.
  let environment: Environment
  let filter: Program?
  let compliant: Program
  let label: Program?
  let settings: [(name: String, program: Program)]
  let evidence: CompiledEvidence
  let parameters: [(name: String, slot: Slot, value: Value)]
  let variables: [Scope.Named]
  /// The shared definitions that the conditions read, in order of definition.
  let definitions: [Scope.Named]
  /// The collections that the conditions read as lists, by name; not the one that is judged.
  let lists: [(name: String, slot: Slot)]
  /// Every collection that must be complete for a verdict, by name: what is judged always, or a denied one would read as
  /// nothing to judge.
  let required: [String]
  let readsParent: Bool
  let guards: FieldGuards
  /// Every declared name that a program of it reads, directly or through variables and definitions.
  let names: Set<String>

  /// Whether what it says depends on the time.
  package var readsNow: Bool { names.contains("now") }

  /// Every collection that conditions read.
  package var readCollections: Set<String> {
    Set(lists.map(\.name)).union(recommendation.collection.map { [$0.value] } ?? [])
  }

  /// Every collection that must be complete for a verdict.
  package var requiredCollections: Set<String> { Set(required) }

  private static func required(
    _ lists: [(name: String, slot: Slot)], judging collection: String?, in scope: Scope
  ) -> [String] {
    Set(lists.map(\.name)).subtracting(scope.optionalCollections)
      .union(collection.map { [$0] } ?? []).sorted()
  }

  /// Compiles and checks; nil when a condition has a fault, which is in `diagnostics` then.
  package init?(_ recommendation: Recommendation, in scope: Scope, diagnostics: Diagnostics) {
    var environment = scope.environment
    var failed = false
    var parameters: [(name: String, slot: Slot, value: Value)] = []
    for parameter in recommendation.parameters {
      let value = Value(parameter.value)
      let slot = environment.declare("parameters.\(parameter.name)", value.type)
      parameters.append((parameter.name, slot, value))
    }
    var variables: [Scope.Named] = []
    for variable in recommendation.variables {
      let name = "variables.\(variable.name.value)"
      guard let program = environment.compile(variable.source, diagnostics: diagnostics) else {
        failed = true
        // Its readers are not at fault.
        _ = environment.declare(name, .dyn)
        continue
      }
      variables.append(
        Scope.Named(
          name: name, slot: environment.declare(name, program.resultType), program: program))
    }
    func compile(_ source: Located<String>?, _ type: ValueType? = nil) -> Program? {
      guard let source else { return nil }
      let program = environment.compile(source, expecting: type, diagnostics: diagnostics)
      if program == nil { failed = true }
      return program
    }
    let filter = compile(recommendation.filter, .bool)
    let compliant = compile(recommendation.compliant, .bool)
    let label = compile(recommendation.label, .string)
    var settings: [(name: String, program: Program)] = []
    for setting in recommendation.settings {
      if let program = compile(setting.source, nil) {
        settings.append((setting.name.value, program))
      }
    }

    let closure = scope.closure.with(variables)
    let evidence = CompiledEvidence(
      recommendation, in: environment, closure: closure, sources: closure.sources,
      diagnostics: diagnostics)
    if evidence == nil { failed = true }
    let programs =
      [filter, compliant, label].compactMap(\.self) + settings.map(\.program)
      + (evidence?.programs ?? [])
    let names = closure.names(of: programs)
    if let collection = recommendation.collection {
      if scope.collections[collection.value] == nil {
        diagnostics.error(
          "no collection named '\(collection.value)' in app '\(recommendation.app.value)'"
            + Suggestion.hint(for: collection.value, among: scope.collections.keys),
          at: collection.mark)
        failed = true
      }
      if label == nil && recommendation.label == nil {
        diagnostics.error(
          "missing field 'label': it names the affected resources in reports", at: collection.mark)
        failed = true
      }
    } else if let name = ["resource", "parent"].first(where: names.contains) {
      diagnostics.error(
        "'\(name)' needs a 'collection': without one, the condition is about the instance",
        at: recommendation.compliant.mark)
      failed = true
    }
    guard let compliant, let evidence, !failed else { return nil }

    self.recommendation = recommendation
    self.scope = scope
    self.environment = environment
    self.filter = filter
    self.compliant = compliant
    self.label = label
    self.settings = settings.sorted { $0.name < $1.name }
    self.evidence = evidence
    self.parameters = parameters
    self.variables = variables
    definitions = scope.definitions.filter { names.contains($0.name) }
    lists = names.compactMap { name in
      guard name.hasPrefix("collections.") else { return nil }
      let collection = String(name.dropFirst("collections.".count))
      return scope.collections[collection].map { (collection, $0) }
    }.sorted { $0.name < $1.name }
    required = Self.required(lists, judging: recommendation.collection?.value, in: scope)
    readsParent = names.contains("parent")
    guards = FieldGuards(recommendation, collections: lists.map(\.name), in: scope)
    self.names = names
  }

  /// The same of another recommendation, or with other values for its parameters.
  private init(
    _ other: CompiledRecommendation, as recommendation: Recommendation,
    _ parameters: [(name: String, slot: Slot, value: Value)]
  ) {
    self.recommendation = recommendation
    self.parameters = parameters
    scope = other.scope
    environment = other.environment
    filter = other.filter
    compliant = other.compliant
    label = other.label
    settings = other.settings
    evidence = other.evidence
    variables = other.variables
    definitions = other.definitions
    lists = other.lists
    required = Self.required(lists, judging: recommendation.collection?.value, in: scope)
    readsParent = other.readsParent
    guards = other.guards
    names = other.names
  }

  /// The same, judging the resources of another collection.
  func judging(_ collection: String) -> CompiledRecommendation {
    var recommendation = recommendation
    recommendation.collection = recommendation.collection.map { Located(collection, at: $0.place) }
    return CompiledRecommendation(self, as: recommendation, parameters)
  }

  /// The same with other values for some parameters.
  func withParameters(_ values: [(String, JSONValue)]) -> CompiledRecommendation {
    var parameters = parameters
    for (name, value) in values {
      for index in parameters.indices where parameters[index].name == name {
        parameters[index].value = Value(value)
      }
    }
    return CompiledRecommendation(self, as: recommendation, parameters)
  }

  /// An activation with everything that does not change from resource to resource.
  ///
  /// - Parameter lists: Those that the conditions read.
  func activation(
    for context: InstanceContext, lists: [(slot: Slot, value: Value)]
  ) -> Activation {
    let activation = Activation()
    activation.set(context, in: scope)
    for (slot, list) in lists { activation.set(slot, list) }
    for definition in definitions { activation.setLazy(definition.slot, definition.program) }
    for parameter in parameters { activation.set(parameter.slot, parameter.value) }
    for variable in variables { activation.setLazy(variable.slot, variable.program) }
    return activation
  }
}

extension Activation {
  /// Gives the variables about the instance itself their values.
  func set(_ context: InstanceContext, in scope: Scope) {
    watch(context.validity)
    for (slot, value) in context.values(in: scope) { set(slot, value) }
  }
}

extension InstanceContext {
  /// The variables about the instance itself, with their values.
  func values(in scope: Scope) -> [(slot: Slot, value: Value)] {
    [
      (scope.now, now), (scope.instanceName, name), (scope.instanceApp, app),
      (scope.instanceLabels, labels), (scope.instanceParameters, parameters),
      (scope.instanceBreakGlass, breakGlass),
    ]
  }
}

/// Follows named expressions to everything that they read in the end.
struct VariableClosure: Sendable {
  private var reads: [String: Set<String>] = [:]
  /// The expressions by name, as they were written.
  private(set) var sources: [String: String] = [:]

  /// The same with other names that may read those, in order of definition.
  func with(_ others: [Scope.Named]) -> VariableClosure {
    var result = self
    for named in others {
      result.sources[named.name] = named.program.source
      result.reads[named.name] = result.names(of: [named.program])
    }
    return result
  }

  /// What a named expression reads in the end; nil for a name that is none.
  func reads(of name: String) -> Set<String>? { reads[name] }

  /// The names that the programs read, directly or through definitions and variables.
  func names(of programs: [Program]) -> Set<String> {
    var result: Set<String> = []
    for name in programs.flatMap(\.variables) {
      result.insert(name)
      result.formUnion(reads[name] ?? [])
    }
    return result
  }
}

/// What conditions read of the instance itself.
struct InstanceContext {
  let name: Value
  let app: Value
  let labels: Value
  let parameters: Value
  let breakGlass: Value
  let now: Value
  /// For which times what is evaluated holds.
  let validity: Validity

  /// - Parameter breakGlass: A list of `{ id, kind }`.
  init(
    name: String, app: String, labels: [String: String], parameters: [String: String],
    breakGlass: JSONValue, now: Instant
  ) {
    self.name = .string(name)
    self.app = .string(app)
    self.labels = Value(strings: labels)
    self.parameters = Value(strings: parameters)
    self.breakGlass = Value(breakGlass)
    validity = Validity(at: Int64(now.secondsSince1970))
    self.now = Timestamp(seconds: Int64(now.secondsSince1970)).map(Value.timestamp) ?? .null
  }

  init(_ instance: Instance, now: Instant) {
    self.init(
      name: instance.name, app: instance.app.value, labels: instance.labels,
      parameters: instance.parameters,
      breakGlass: .array(
        instance.breakGlass.map { ["id": .string($0.id), "kind": .string($0.kind.rawValue)] }),
      now: now)
  }
}

extension Value {
  fileprivate init(strings: [String: String]) {
    self = .map(strings.sorted { $0.key < $1.key }.map { ($0.key, Value.string($0.value)) })
  }
}
