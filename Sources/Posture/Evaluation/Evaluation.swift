package import JSON

/// What an observation says of one recommendation on one instance.
package struct Evaluation: Sendable, Hashable {
  package var compliance: Compliance
  /// Why the compliance is unknown or not applicable.
  package var reason: String?
  /// Resources in scope, less the exempt; 1 for one condition over the instance.
  package var counted: Int
  package var compliantCount: Int
  /// Resources in scope that are not compliant; of one condition over the instance, the objects that
  /// it blames.
  package var affectedCount: Int
  /// Taken out by exceptions about resources.
  package var exemptCount: Int
  /// Affected resources that `planned` exceptions about resources name.
  package var plannedCount: Int
  /// The first of the affected by identity, at the most `Bounds.affected`.
  package var affected: [AffectedResource]
  /// The recorded values of the first resources by identity, at the most `Bounds.recorded`.
  package var settings: [ResourceSettings]
  /// Whether there are more resources than those.
  package var settingsAreCut = false
  /// What a verdict over the whole instance counted, in order of writing.
  package var evidence: [NamedValue] = []
  /// What settings and evidence should be, by their names: a value, or words such as `at least 1`.
  /// In order of name.
  package var expected: [NamedValue] = []
  /// What of the evidence could not be read: an author's fault, which tests tell; not recorded.
  package var faults: [String] = []
  /// How many resources each exception about resources matched, by its name.
  package var exceptionMatches: [String: Int]
  /// What each of them changes of the counts, by its name; without those that change nothing.
  package var exceptionReach: [String: ExceptionReach]

  package init(
    compliance: Compliance, reason: String? = nil, counted: Int = 0, compliantCount: Int = 0,
    affectedCount: Int = 0, exemptCount: Int = 0, plannedCount: Int = 0,
    affected: [AffectedResource] = [], settings: [ResourceSettings] = [],
    exceptionMatches: [String: Int] = [:], exceptionReach: [String: ExceptionReach] = [:]
  ) {
    self.compliance = compliance
    self.reason = reason
    self.counted = counted
    self.compliantCount = compliantCount
    self.affectedCount = affectedCount
    self.exemptCount = exemptCount
    self.plannedCount = plannedCount
    self.affected = affected
    self.settings = settings
    self.exceptionMatches = exceptionMatches
    self.exceptionReach = exceptionReach
  }
}

extension Evaluation {
  /// What a setting or a piece of evidence should be; nil when nothing is expected of it.
  package func expectation(of name: String) -> JSONValue? {
    expected.first { $0.name == name }?.value
  }

  /// What was found of the instance as a whole, beside what was expected: its evidence, then its
  /// settings. None for a recommendation that judges resources one by one and has no evidence.
  package var facts: [Fact] {
    let settings = self.settings.first { $0.id.isEmpty && $0.label.isEmpty }?.values ?? []
    return (evidence.map { ($0.name, $0.value) } + settings).map { name, value in
      Fact(name: name, value: value, expected: expectation(of: name))
    }
  }
}

/// A named value.
package struct NamedValue: Sendable, Hashable {
  package let name: String
  package let value: JSONValue

  package init(name: String, value: JSONValue) {
    self.name = name
    self.value = value
  }
}

/// One value of a tenant and what it should be.
package struct Fact: Sendable, Hashable {
  package let name: String
  package let value: JSONValue
  /// Nil when nothing is expected of it.
  package let expected: JSONValue?

  package init(name: String, value: JSONValue, expected: JSONValue?) {
    self.name = name
    self.value = value
    self.expected = expected
  }
}

/// A resource that does not meet a recommendation.
package struct AffectedResource: Sendable, Hashable {
  package let id: String
  package let label: String
  package let settings: JSONValue

  package init(id: String, label: String, settings: JSONValue) {
    self.id = id
    self.label = label
    self.settings = settings
  }

  /// What tells it from others: ids are compared by their bytes.
  package var key: ExactText { ExactText(id) }

  /// About how many bytes it takes, written.
  var weight: Int { id.utf8.count + label.utf8.count + settings.weight }

  package static func == (left: AffectedResource, right: AffectedResource) -> Bool {
    left.key == right.key && ExactText(left.label) == ExactText(right.label)
      && left.settings == right.settings
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

/// The recorded values of one resource, or of the instance (`id` empty).
package struct ResourceSettings: Sendable, Hashable {
  package let id: String
  package let label: String
  /// Name and normalised value, in order of name.
  package let values: [(name: String, value: JSONValue)]

  package init(id: String, label: String, values: [(name: String, value: JSONValue)]) {
    self.id = id
    self.label = label
    self.values = values
  }

  /// What tells it from others: ids are compared by their bytes.
  package var key: ExactText { ExactText(id) }

  /// About how many bytes it takes, written.
  var weight: Int {
    values.reduce(id.utf8.count + label.utf8.count) { $0 + $1.name.utf8.count + $1.value.weight }
  }

  package static func == (left: ResourceSettings, right: ResourceSettings) -> Bool {
    left.key == right.key && ExactText(left.label) == ExactText(right.label)
      && left.values.elementsEqual(right.values) { $0.name == $1.name && $0.value == $1.value }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(key)
    hasher.combine(values.count)
  }
}
