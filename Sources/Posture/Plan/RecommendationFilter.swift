internal import YAML

/// Which recommendations are shown, by what they say themselves.
///
/// Values of one kind are alternatives, kinds must all hold; a kind without values lets everything through. Words of
/// a search must all be found.
package struct RecommendationFilter: Sendable, Hashable {
  /// Names: `okta-mfa-required`.
  package var names: Set<String> = []
  /// The impacts that a shown recommendation has.
  package var impacts: Set<Impact> = []
  /// What a shown recommendation protects.
  package var categories: Set<Category> = []
  /// Names of frameworks, of which a shown recommendation stands for a control.
  package var frameworks: Set<String> = []
  /// Identifiers of controls, of any framework: `OKTA-APP-000650`. Letters' case does not matter.
  package private(set) var controls: Set<String> = []
  /// What is found in names, titles, and what recommendations say of why and how, in lower case.
  package private(set) var words: Set<String> = []

  /// Lets everything through.
  package init() {}

  /// Adds the identifier of a control.
  package mutating func addControl(_ id: String) { controls.insert(id.lowercased()) }

  /// Adds the words of a search.
  package mutating func addSearch(_ text: String) {
    words.formUnion(text.lowercased().split(separator: " ").map(String.init))
  }

  /// Whether everything is shown.
  package var isEmpty: Bool { self == RecommendationFilter() }

  /// Whether the recommendation is shown.
  package func matches(_ recommendation: Recommendation) -> Bool {
    matches(
      name: recommendation.name, title: recommendation.title, impact: recommendation.impact,
      recommendation)
  }

  /// Whether the result is shown: of one that is not known any more, what was recorded tells.
  package func matches(_ result: RecommendationResult) -> Bool {
    matches(
      name: result.name, title: result.title, impact: result.impact, result.recommendation)
  }

  /// Whether the imported recommendation is shown, by name and words: a vendor's categories and
  /// controls are not ours, and it has no impact.
  package func matches(_ imported: ImportedRecommendation) -> Bool {
    impacts.isEmpty && categories.isEmpty && frameworks.isEmpty && controls.isEmpty
      && (names.isEmpty || names.contains(imported.name))
      && has(words, in: [imported.name, imported.control.title])
  }

  private func matches(
    name: String, title: String, impact: Impact, _ known: Recommendation?
  ) -> Bool {
    if !names.isEmpty && !names.contains(name) { return false }
    if !impacts.isEmpty && !impacts.contains(impact) { return false }
    if !categories.isEmpty && !(known.map { categories.contains($0.category) } ?? false) {
      return false
    }
    let stands = known?.controls ?? []
    if !frameworks.isEmpty && !stands.contains(where: { frameworks.contains($0.framework) }) {
      return false
    }
    if !controls.isEmpty && !stands.contains(where: { controls.contains($0.id.lowercased()) }) {
      return false
    }
    return has(words, in: [name, title, known?.rationale ?? "", known?.remediation ?? ""])
  }

  private func has(_ words: Set<String>, in texts: [String]) -> Bool {
    if words.isEmpty { return true }
    let text = texts.joined(separator: "\n").lowercased()
    return words.allSatisfy { text.contains($0) }
  }
}
