internal import JSON
internal import Posture

extension Fact {
  /// `superAdministrators: 5 (expected 2 to 4)`.
  func text(longest: Int = 120) -> String {
    "\(name): \(Self.words(value, longest: longest))\(expectedText(longest: longest))"
  }

  /// ` (expected 2 to 4)`; empty when nothing is expected.
  private func expectedText(longest: Int) -> String {
    expected.map { " (expected \(Self.words($0, longest: longest)))" } ?? ""
  }

  static func words(_ value: JSONValue, longest: Int) -> String {
    Escaping.clipped(Words.of(value), to: longest)
  }
}

extension Verdict {
  /// The values that are shown of an affected resource, each beside what it should be.
  func facts(of resource: AffectedResource) -> [Fact] {
    (resource.settings.object ?? []).map {
      Fact(name: $0.0, value: $0.1, expected: expectation(of: $0.0))
    }
  }

  /// What decides about a resource: the values that something is expected of; all where nothing is.
  func decidingFacts(of resource: AffectedResource) -> [Fact] {
    let facts = facts(of: resource)
    let deciding = facts.filter { $0.expected != nil }
    return deciding.isEmpty ? facts : deciding
  }

  /// A change that tells of an affected resource has its values in `to`.
  func facts(of settings: JSONValue?) -> [Fact] {
    facts(of: AffectedResource(id: "", label: "", settings: settings ?? .null))
  }
}

extension [Fact] {
  /// `a: 1 (expected at least 2), b: true`; nil where there is none.
  func text(most: Int, longest: Int = 80) -> String? {
    if isEmpty { return nil }
    let rest = count - Swift.min(count, most)
    return prefix(most).map { $0.text(longest: longest) }.joined(separator: ", ")
      + (rest > 0 ? " and \(rest) more" : "")
  }

  /// For other programs: `[{ "name": …, "actual": …, "expected": … }]`, nothing hidden in any text.
  var visible: JSONValue {
    .array(
      map { fact in
        .object(
          [("name", .string(fact.name)), ("actual", fact.value.visible)]
            + (fact.expected.map { [("expected", $0.visible)] } ?? []))
      })
  }
}

extension JSONValue {
  /// The same with every text on one line and nothing hidden in it.
  fileprivate var visible: JSONValue {
    switch self {
    case .string(let text): .string(Escaping.terminal(text))
    case .array(let elements): .array(elements.map(\.visible))
    case .object(let members):
      .object(members.map { (Escaping.terminal($0.0), $0.1.visible) })
    default: self
    }
  }
}
