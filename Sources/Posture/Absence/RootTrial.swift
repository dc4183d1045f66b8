internal import Connectors
internal import JSON

/// The trial of everything that stands under one root of one test.
struct RootTrial {
  private let root: TestInput.Root
  private let whole: JSONValue
  private let collection: String
  private let expected: Compliance
  private let others: OtherValues
  private let citations: Citations
  private var bench: VerdictBench
  /// By place, whether another value there changes the verdict.
  private var decisive: [[JSONStep]: Bool] = [:]
  private(set) var paths = 0
  private(set) var forms = 0
  private(set) var cited: Set<String> = []
  private(set) var findings: [AbsenceFinding] = []

  /// One member of the input, or the collection itself.
  private struct Node {
    let steps: [JSONStep]
    /// The names among the steps: lists are passed through.
    let path: [String]
    /// Nil for a member that only other tests give.
    let value: JSONValue?
  }

  init(
    root: TestInput.Root, whole: JSONValue, collection: String, expected: Compliance,
    others: OtherValues, citations: Citations, bench: VerdictBench
  ) {
    self.root = root
    self.whole = whole
    self.collection = collection
    self.expected = expected
    self.others = others
    self.citations = citations
    self.bench = bench
  }

  mutating func run() {
    let top = Node(steps: [], path: [], value: whole)
    if case .collection = root { attempt(top) }
    visit(top)
  }

  private mutating func visit(_ node: Node) {
    for member in members(of: node) {
      attempt(member)
      if member.value != nil { visit(member) }
    }
  }

  /// The members of an object, lists passed through, with those that only other tests give it.
  private func members(of node: Node) -> [Node] {
    switch node.value {
    case .object(let members):
      let names = members.map(\.0)
      let missing = others.shown.names(at: key(node)).filter { !names.contains($0) }
      return (members.map { ($0.0, $0.1) } + missing.map { ($0, nil) }).map { name, value in
        Node(steps: node.steps + [.member(name)], path: node.path + [name], value: value)
      }
    case .array(let elements):
      return elements.enumerated().flatMap { index, element in
        members(
          of: Node(steps: node.steps + [.element(index)], path: node.path, value: element))
      }
    default: return []
    }
  }

  private func key(_ node: Node) -> ShownValues.Key {
    .init(collection: collection, path: node.path)
  }

  private mutating func attempt(_ node: Node) {
    paths += 1
    for (form, value) in changes(of: node) {
      forms += 1
      let verdict = verdict(with: value, at: node)
      let isPass = expected == .compliant && verdict == .compliant && isDecisive(node)
      let isEscape =
        expected == .notCompliant && (verdict == .compliant || verdict == .notApplicable)
      guard isPass || isEscape else { continue }
      judge(node, form, verdict, isPass ? .pass : .escape)
    }
  }

  /// What the member is turned into; nil takes it away.
  private func changes(of node: Node) -> [(AbsenceForm, JSONValue?)] {
    if node.path.isEmpty { return [(.empty, [])] }
    guard let value = node.value else { return [(.absent, nil)] }
    let forms: [(AbsenceForm, JSONValue?)] = [(.absent, nil), (.null, .null)]
    return switch value {
    case .null: forms
    case .bool, .int, .uint, .double: forms + [(.mistyped, "mistyped")]
    case .string: forms + [(.empty, ""), (.mistyped, 17)]
    case .array: forms + [(.empty, []), (.mistyped, 17)]
    case .object: forms + [(.empty, .object([])), (.mistyped, 17)]
    }
  }

  private mutating func verdict(with value: JSONValue?, at node: Node) -> Compliance {
    bench.verdict(with: whole.replacing(node.steps[...], with: value), in: root)
  }

  /// Whether another value of the place, or of a place within it, changes the verdict.
  private mutating func isDecisive(_ node: Node) -> Bool {
    if let known = decisive[node.steps] { return known }
    var result = false
    for candidate in others.candidates(for: node.value, at: key(node)) {
      let verdict = verdict(with: candidate, at: node)
      if verdict != expected && verdict != .unknown {
        result = true
        break
      }
    }
    if !result, node.value != nil {
      for member in members(of: node) where isDecisive(member) {
        result = true
        break
      }
    }
    decisive[node.steps] = result
    return result
  }

  /// Notes a form that decided the verdict: as cited, or as a finding.
  private mutating func judge(
    _ node: Node, _ form: AbsenceForm, _ verdict: Compliance, _ kind: AbsenceFinding.Kind
  ) {
    let name = ([root.name] + node.path).joined(separator: ".")
    func add(_ kind: AbsenceFinding.Kind, _ cited: (JSONValue, Compliance)?) {
      findings.append(
        AbsenceFinding(
          key: .init(collection: collection, path: node.path, form: form, kind: kind),
          name: name, verdict: verdict, cited: cited))
    }
    guard let citable = form.citable else { return add(kind, nil) }
    let place = Citations.Place(
      collection: collection, path: node.path.joined(separator: "."), form: citable)
    let meanings = citations.meanings(of: place)
    guard !meanings.isEmpty else { return add(kind, nil) }
    cited.insert("\(collection) \(place.path) \(citable.rawValue)")
    for meaning in meanings {
      let other = self.verdict(with: meaning, at: node)
      if other != verdict { add(.contradiction, (meaning, other)) }
    }
  }
}
