internal import CEL
internal import JSON
internal import YAML

/// Judges one test's input again and again, with something in it changed.
struct VerdictBench {
  private let compiled: CompiledRecommendation
  private let activation: Activation
  private let input: TestInput
  /// The resource that is judged, as it now stands; nil for a condition over the instance.
  private var resource: JSONView?
  private var parent: JSONView?
  /// Why collections that are read as lists can't be relied on.
  private var faults: [String: String] = [:]

  /// - Parameter compiled: With the parameters of the test.
  init(_ compiled: CompiledRecommendation, context: InstanceContext, input: TestInput) {
    self.compiled = compiled
    self.input = input
    activation = compiled.activation(for: context, lists: [])
    for (root, value) in input.roots { set(root, value) }
  }

  /// The verdict with another value in place of a whole root.
  mutating func verdict(with value: JSONValue, in root: TestInput.Root) -> Compliance {
    set(root, value)
    if root == .resource { refresh() }
    defer {
      for (name, original) in input.roots where name == root {
        set(root, original)
        if root == .resource { refresh() }
      }
    }
    return verdict()
  }

  /// The verdict over the input as it stands: that of ``Evaluator`` over one resource.
  func verdict() -> Compliance {
    if !faults.isEmpty
      || resource.flatMap({ compiled.guards.faultOfFilter($0, parent: parent) }) != nil
    {
      return .unknown
    }
    if let filter = compiled.filter {
      switch filter.evaluateCondition(activation) {
      case .success(true): break
      case .success: return .notApplicable
      case .failure: return .unknown
      }
    }
    if resource.flatMap({ compiled.guards.fault(of: $0, parent: parent) }) != nil {
      return .unknown
    }
    return switch compiled.compliant.evaluateCondition(activation) {
    case .success(true): .compliant
    case .success: .notCompliant
    case .failure: .unknown
    }
  }

  /// Puts the judged resource into its collection too, where conditions read that as a list.
  private mutating func refresh() {
    guard let name = compiled.recommendation.collection?.value else { return }
    for (root, list) in input.roots where root == .collection(name) { set(root, list) }
  }

  private mutating func set(_ root: TestInput.Root, _ value: JSONValue) {
    // What was written as JSON can be read as JSON.
    guard let view = try? JSONView(parsing: value.bytes()) else { return }
    switch root {
    case .resource:
      resource = view
      activation.set(compiled.scope.resource, Value(view))
    case .parent:
      parent = view
      activation.set(compiled.scope.parent, Value(view))
    case .collection(let name):
      guard let slot = compiled.scope.collections[name] else { return }
      var list = Array(view.elements)
      if let resource, name == compiled.recommendation.collection?.value {
        list.insert(resource, at: 0)
      }
      var guarded = GuardedList(list)
      faults[name] = compiled.guards.fault(in: &guarded, of: name)
      activation.set(slot, .list(list.map { Value($0) }))
    }
  }
}
