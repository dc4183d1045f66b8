internal import CEL
internal import JSON
internal import Text
internal import YAML

/// What a recommendation shows beside its verdict, compiled: what was counted, who is at fault, and
/// what was expected.
struct CompiledEvidence: Sendable {
  /// In order of writing: the first is what the verdict hangs on.
  private(set) var evidence: [(name: String, program: Program)] = []
  private(set) var affected: Program?
  /// By the names of settings and evidence.
  private(set) var expected: [(name: String, expectation: Expectation)] = []

  /// Where an expected value comes from.
  enum Expectation: Sendable {
    /// `expected:` says it.
    case declared(Program)
    /// The condition compares with it.
    case derived(Demand)
  }

  /// Every program, for what they read.
  var programs: [Program] {
    evidence.map(\.program) + [affected].compactMap(\.self)
      + expected.compactMap { entry in
        if case .declared(let program) = entry.expectation { program } else { nil }
      }
  }

  /// Compiles what the recommendation says; nil when it has a fault, which is in `diagnostics` then.
  ///
  /// - Parameters:
  ///   - environment: With the recommendation's parameters and variables.
  ///   - closure: What its variables and the app's definitions read.
  init?(
    _ recommendation: Recommendation, in environment: Environment, closure: VariableClosure,
    sources: [String: String], diagnostics: Diagnostics
  ) {
    var failed = false
    func compile(
      _ source: Located<String>, _ field: String, as type: ValueType? = nil, barring: [String]
    ) -> Program? {
      guard
        let program = environment.compile(source, expecting: type, diagnostics: diagnostics)
      else {
        failed = true
        return nil
      }
      let names = closure.names(of: [program])
      if let name = barring.first(where: names.contains) {
        diagnostics.error(
          "'\(name)' is not known here: '\(field)' is about the instance", at: source.mark)
        failed = true
      }
      return program
    }
    let single = ["resource", "parent"]
    let settings = Set(recommendation.settings.map(\.name.value))
    for item in recommendation.evidence {
      // A setting may be evidence too, recorded for drift and shown beside the verdict; a name stands for one value.
      let twin = recommendation.settings.first { $0.name.value == item.name.value }
      if let twin, !twin.source.value.readsAlike(item.source.value) {
        diagnostics.error(
          "'\(item.name.value)' is a setting of another value", at: item.name.mark)
        failed = true
      }
      if let program = compile(item.source, "evidence", barring: single) {
        evidence.append((item.name.value, program))
      }
    }
    if let source = recommendation.affected {
      if recommendation.collection != nil {
        diagnostics.error(
          "'affected' is for a condition over the instance: with 'collection', the resources that are not compliant are affected",
          at: source.mark)
        failed = true
      }
      affected = compile(source, "affected", as: .list(.dyn), barring: single)
    }
    let names = settings.union(recommendation.evidence.map(\.name.value))
    for item in recommendation.expected {
      guard names.contains(item.name.value) else {
        diagnostics.error(
          "no setting or evidence named '\(item.name.value)'"
            + Suggestion.hint(for: item.name.value, among: names), at: item.name.mark)
        failed = true
        continue
      }
      if let program = compile(item.source, "expected", barring: single) {
        expected.append((item.name.value, .declared(program)))
      }
    }
    if failed { return nil }
    derive(for: recommendation, in: environment, closure: closure, sources: sources)
  }

  /// Reads off the condition what it expects of the settings and evidence that `expected` leaves out.
  private mutating func derive(
    for recommendation: Recommendation, in environment: Environment, closure: VariableClosure,
    sources: [String: String]
  ) {
    let declared = Set(expected.map(\.name))
    var seen: Set<String> = []
    let subjects = (recommendation.settings + recommendation.evidence).compactMap { item in
      declared.contains(item.name.value) || !seen.insert(item.name.value).inserted
        ? nil : (name: item.name.value, source: item.source.value)
    }
    guard !subjects.isEmpty else { return }
    let demands = environment.demands(
      of: recommendation.compliant.value, on: subjects, named: sources,
      isConstant: closure.isConstant)
    for subject in subjects {
      if let demand = demands[subject.name] { expected.append((subject.name, .derived(demand))) }
    }
    expected.sort { $0.name < $1.name }
  }
}

extension VariableClosure {
  /// Whether a name stands for the same on every run, whatever the tenant holds.
  func isConstant(_ name: String) -> Bool {
    if name.hasPrefix("parameters.") || name.hasPrefix("instance.") { return true }
    guard let reads = reads(of: name) else { return false }
    return reads.allSatisfy { $0 == name || isConstant($0) }
  }
}

extension String {
  /// Whether two expressions differ in white space alone, as YAML folds it.
  fileprivate func readsAlike(_ other: String) -> Bool {
    filter { !$0.isWhitespace } == other.filter { !$0.isWhitespace }
  }
}
