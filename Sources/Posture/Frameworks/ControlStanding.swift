internal import YAML

/// How a control of a framework stands: by the recommendations that decide it.
package struct ControlStanding: Sendable {
  /// The control, as the framework lists it.
  package let control: Framework.Control
  /// The recommendations that decide it, sorted by name; one that decides several parts stands here
  /// for each.
  package let recommendations: [Mapping]
  /// How each of them stands on each instance that counts, sorted by recommendation, then instance;
  /// empty for the catalog alone.
  package let results: [RecommendationResult]
  /// Whether instances were asked, and not the catalog alone.
  package let isAssessed: Bool
  /// How the results stand, each way once, and the recommendations that have one.
  private let found: Set<Compliance>
  private let answered: Set<String>

  /// A recommendation that stands for the control, or for a part of it.
  package struct Mapping: Sendable, Hashable {
    /// The recommendation's name.
    package let recommendation: String
    /// The recommendation's title.
    package let title: String
    /// The part of the control that it decides, as the framework names it; nil for the whole.
    package let part: String?
  }

  /// How far a control is fulfilled: by what instances show, or by the catalog alone.
  package enum Fulfilment: String, Sendable, CaseIterable {
    case met, notMet, unknown, notApplicable
    /// Something decides it; no instance was asked.
    case covered
    /// What is decided is met or not known to be missed, and something is not decided.
    case partlyCovered
    case notCovered
  }

  /// Picks the recommendations that name the control, and their results.
  ///
  /// - Parameters:
  ///   - framework: The framework's name.
  ///   - recommendations: All that may stand for the control.
  ///   - results: How they stand on the instances that count; nil for the catalog alone.
  package init(
    _ control: Framework.Control, of framework: String, recommendations: [Recommendation],
    results: [RecommendationResult]?
  ) {
    self.control = control
    var mappings: [Mapping] = []
    for recommendation in recommendations.sorted(by: { $0.name < $1.name }) {
      for named in recommendation.controls
      where named.framework == framework && named.id == control.id {
        mappings.append(
          Mapping(
            recommendation: recommendation.name, title: recommendation.title, part: named.part))
      }
    }
    self.recommendations = mappings
    isAssessed = results != nil
    let names = Set(mappings.map(\.recommendation))
    self.results = (results ?? []).filter { names.contains($0.name) }
      .sorted { ($0.name, $0.instance) < ($1.name, $1.instance) }
    found = Set(self.results.map(\.decision.compliance))
    answered = Set(self.results.map(\.name))
  }

  /// The parts of the control that no recommendation decides.
  package var uncoveredParts: [String] {
    if decidesWhole { return [] }
    let covered = Set(recommendations.compactMap(\.part))
    return control.parts.filter { !covered.contains($0) }
  }

  private var decidesWhole: Bool { recommendations.contains { $0.part == nil } }

  /// Whether recommendations decide the whole: one does, or every part of the control is decided.
  /// Where the framework lists no parts, deciding a part is not enough.
  package var isFullyCovered: Bool {
    decidesWhole || !control.parts.isEmpty && uncoveredParts.isEmpty
  }

  /// What the instances show. A status that an exception gives changes nothing of it; resources
  /// that exceptions exempt do not count.
  package var fulfilment: Fulfilment {
    if recommendations.isEmpty { return .notCovered }
    if !isAssessed { return isFullyCovered ? .covered : .partlyCovered }
    if found.contains(.notCompliant) { return .notMet }
    if found.isEmpty || found.contains(.unknown) { return .unknown }
    // Every recommendation has an answer, or some app that it is about is not connected.
    if !recommendations.allSatisfy({ answered.contains($0.recommendation) }) { return .unknown }
    if !isFullyCovered { return .partlyCovered }
    return found.contains(.compliant) ? .met : .notApplicable
  }
}

/// A framework, control by control.
package struct FrameworkStanding: Sendable {
  /// The framework, as the catalog lists it.
  package let framework: Framework
  /// One standing for each control, in the order of the framework.
  package let controls: [ControlStanding]

  /// Takes the framework control by control.
  ///
  /// - Parameters:
  ///   - recommendations: All that may stand for a control.
  ///   - results: How they stand on the instances that count; nil for the catalog alone.
  package init(
    _ framework: Framework, recommendations: [Recommendation], results: [RecommendationResult]?
  ) {
    self.framework = framework
    let named = recommendations.filter { recommendation in
      recommendation.controls.contains { $0.framework == framework.name }
    }
    // A fleet has many results: they are sorted by recommendation once, not for each control.
    let results = results.map { Dictionary(grouping: $0, by: \.name) }
    controls = framework.controls.map { control in
      let deciding = named.filter { recommendation in
        recommendation.controls.contains {
          $0.framework == framework.name && $0.id == control.id
        }
      }
      return ControlStanding(
        control, of: framework.name, recommendations: deciding,
        results: results.map { results in deciding.flatMap { results[$0.name] ?? [] } })
    }
  }

  /// How many controls stand each way, in the order of the cases; no case without a control.
  package var counts: [(fulfilment: ControlStanding.Fulfilment, count: Int)] {
    ControlStanding.Fulfilment.allCases.compactMap { fulfilment in
      let count = controls.count { $0.fulfilment == fulfilment }
      return count == 0 ? nil : (fulfilment, count)
    }
  }
}
