package import JSON

/// What an observation says of one recommendation on one instance, and nothing else: all resources in scope count.
///
/// What the organisation has decided, and what counts and is shown because of it, is a ``Decision``.
package struct Verdict: Sendable, Hashable {
  /// What the observation says of the recommendation.
  package var compliance: Compliance
  /// Why the compliance is unknown or not applicable, or what else is not known.
  package var reason: Reason?
  /// Resources in scope; 1 for one condition over the instance.
  package var counted: Int
  /// How many of the ``counted`` are compliant.
  package var compliantCount: Int
  /// Resources in scope that are not compliant; of one condition over the instance, the objects that
  /// it blames.
  package var affectedCount: Int
  /// The resources in scope by the exceptions that match them.
  package var tally = Tally()
  /// The first of the affected by identity, at the most `Evaluator.Bounds.affected`: those that no exception matches
  /// before the others.
  package var affected: [AffectedResource] {
    get { affectedList.elements }
    set { affectedList = .elements(newValue) }
  }
  var affectedList: VerdictList<AffectedResource>
  /// The recorded values of the first resources by identity, at the most `Evaluator.Bounds.recorded`.
  package var settings: [ResourceSettings] {
    get { settingsList.elements }
    set { settingsList = .elements(newValue) }
  }
  var settingsList: VerdictList<ResourceSettings>
  /// Whether there are more resources than those.
  package var settingsAreCut = false
  /// What a verdict over the whole instance counted, in order of writing.
  package var evidence: [NamedValue] = []
  /// What settings and evidence should be, by their names: a value, or words such as `at least 1`.
  /// In order of name.
  package var expected: [NamedValue] = []
  /// What of the evidence could not be read: an author's fault, which tests tell; not recorded.
  package var faults: [String] = []

  /// The source that each collection it reads was taken from, by collection; empty where the instance has one
  /// source.
  package var sources: [String: String] = [:]

  package init(
    compliance: Compliance, reason: Reason? = nil, counted: Int = 0, compliantCount: Int = 0,
    affectedCount: Int = 0, affected: [AffectedResource] = [], settings: [ResourceSettings] = []
  ) {
    self.compliance = compliance
    self.reason = reason
    self.counted = counted
    self.compliantCount = compliantCount
    self.affectedCount = affectedCount
    affectedList = .elements(affected)
    settingsList = .elements(settings)
  }

  /// Takes over how the resources in scope come out.
  mutating func judge(by counts: Counts) {
    compliance = counts.compliance
    reason = counts.total == 0 ? .nothingInScope : counts.error == 0 ? nil : counts.reason ?? reason
    counted = counts.total
    compliantCount = counts.compliant
    affectedCount = counts.notCompliant
  }
}

extension Verdict {
  /// What a setting or a piece of evidence should be; nil when nothing is expected of it.
  package func expectation(of name: String) -> JSONValue? {
    expected.first { $0.name == name }?.value
  }

  /// What was found of the instance as a whole, beside what was expected: its evidence, then its
  /// settings. None for a recommendation that judges resources one by one and has no evidence.
  package var facts: [Fact] {
    let settings = self.settings.first { $0.id.isEmpty && $0.label.isEmpty }?.values ?? []
    // What is recorded for drift and counts as evidence too is one fact.
    let others = settings.filter { setting in
      !evidence.contains { $0.name == setting.name && $0.value == setting.value }
    }
    return (evidence.map { ($0.name, $0.value) } + others).map { name, value in
      Fact(name: name, value: value, expected: expectation(of: name))
    }
  }
}

/// A named value.
package struct NamedValue: Sendable, Hashable {
  /// The name of the setting or the evidence, as the recommendation writes it.
  package let name: String
  /// The value, cut to its bound; null where it is absent or can't be read.
  package let value: JSONValue

  package init(name: String, value: JSONValue) {
    self.name = name
    self.value = value
  }
}

/// One value of a tenant and what it should be.
package struct Fact: Sendable, Hashable {
  /// The name of the setting or the evidence, as the recommendation writes it.
  package let name: String
  /// What was found; null where it is absent or can't be read.
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
  /// What identifies it: the vendor's identifier, or what the recommendation's `affected` says;
  /// where there is none, its label, or `#` and its place in the collection, from 1.
  package internal(set) var id: String
  /// Its name for people; where it has none, the identity.
  package internal(set) var label: String
  /// An object of its recorded values, in order of name.
  package internal(set) var settings: JSONValue
  /// The names of the exceptions whose `resources` match it, whether they hold or not.
  package internal(set) var exceptions: Set<String>

  package init(id: String, label: String, settings: JSONValue, exceptions: Set<String> = []) {
    self.id = id
    self.label = label
    self.settings = settings
    self.exceptions = exceptions
  }

  /// What tells it from others: ids are compared by their bytes.
  package var key: ExactText { ExactText(id) }

  /// About how many bytes it takes, written.
  var weight: Int {
    exceptions.reduce(id.utf8.count + label.utf8.count + settings.weight) { $0 + $1.utf8.count }
  }

  package static func == (left: AffectedResource, right: AffectedResource) -> Bool {
    left.key == right.key && ExactText(left.label) == ExactText(right.label)
      && left.settings == right.settings && left.exceptions == right.exceptions
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

/// The recorded values of one resource, or of the instance (`id` empty).
package struct ResourceSettings: Sendable, Hashable {
  /// The identity, as in ``AffectedResource``; empty for the instance.
  package internal(set) var id: String
  /// Its name for people; empty for the instance.
  package internal(set) var label: String
  /// Name and normalised value, in order of name.
  package internal(set) var values: [(name: String, value: JSONValue)]

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
