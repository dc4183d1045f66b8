internal import JSON
internal import YAML

extension DifferenceTable {
  /// Recommendations of the repository's own.
  static let recommendations: [DifferenceRow] =
    rows(
      .recommendation, .recommendationChanged,
      [
        (["!"], DifferenceRow.coming(.strengthens, going: .weakens)),
        (
          [
            "metadata.labels", "title", "category", "userImpact", "implementationCost", "threats",
            "rationale", "remediation", "manage", "references", "label", "differs",
          ], DifferenceRow.neutral
        ),
        // Nobody can tell from here that another condition is as strict.
        (
          ["app", "variables.**", "collection", "where", "compliant", "affected"],
          DifferenceRow.weakens
        ),
        // What a verdict shows, and what drift is seen in.
        (
          ["settings.*", "evidence.*", "expected.*"],
          DifferenceRow.coming(.strengthens, going: .weakens)
        ),
        (["controls"], DifferenceRow.list(more: .strengthens, fewer: .weakens)),
        (["tests"], DifferenceRow.list(more: .neutral, fewer: .weakens)),
        (["parameters.*"], ParameterDirection.effect),
      ])
    + ["impact", "points"].map { path in
      DifferenceRow.measure(.recommendation, path, .recommendationChanged, .lowerWeakens, points)
    }

  /// What the repository changes in the catalog's recommendations, one by one.
  static let overrides: [DifferenceRow] = [
    DifferenceRow(
      .recommendationOverride, "metadata.labels", .recommendationChanged, DifferenceRow.neutral),
    // By these an override is taken apart: see `bySubject`.
    DifferenceRow(
      .recommendationOverride, "recommendation", .recommendationChanged, DifferenceRow.weakens),
    DifferenceRow(
      .recommendationOverride, "recommendations", .recommendationChanged, DifferenceRow.weakens),
    DifferenceRow.measure(
      .recommendationOverride, "enabled", .recommendationChanged, .lowerWeakens
    ) { state, moved in
      let isOn = !state.disabled.contains(moved.name)
      return .init(rank: isOn ? 1 : 0, text: isOn ? "on" : "off")
    },
    DifferenceRow.measure(
      .recommendationOverride, "impact", .recommendationChanged, .lowerWeakens, points),
    DifferenceRow(
      .recommendationOverride, "parameters.*", type: { _ in .recommendationChanged }
    ) { moved in
      func text(_ state: DesiredState) -> String? {
        state.recommendation(moved.name)?.parameters
          .first { $0.name == moved.path.last }?.value.compactText
      }
      guard let a = text(moved.old), let b = text(moved.new) else {
        return (ParameterDirection.effect(moved), nil)
      }
      return (a == b ? .neutral : ParameterDirection.effect(moved), (from: a, to: b))
    },
  ]

  @Sendable private static func points(
    _ state: DesiredState, _ moved: MovedValue
  ) -> DifferenceRow.Measure? {
    state.recommendation(moved.name).map {
      .init(rank: $0.points, text: "\($0.impact.rawValue) (\($0.points))")
    }
  }

  /// What an app's recommendations share.
  static let definitions: [DifferenceRow] = rows(
    .definitions, .declarationChanged,
    [
      (["!"], DifferenceRow.coming(.neutral, going: .weakens)),
      (["metadata.labels"], DifferenceRow.neutral),
      (["app"], DifferenceRow.weakens),
      (["values.*"], DifferenceRow.coming(.neutral, going: .weakens)),
      (["functions.[].!"], DifferenceRow.coming(.neutral, going: .weakens)),
      (
        ["functions.[].name", "functions.[].parameters", "functions.[].body"],
        DifferenceRow.weakens
      ),
      // What reads as empty where it is not delivered is missed by nobody.
      (["optionalCollections"], DifferenceRow.list(more: .weakens, fewer: .strengthens)),
      (["tests"], DifferenceRow.list(more: .neutral, fewer: .weakens)),
    ])

  /// How an app is read: whatever asks for, keeps, or understands something else may read less.
  static let connectors: [DifferenceRow] = rows(
    .connector, .declarationChanged,
    [
      (["!"], DifferenceRow.coming(.neutral, going: .weakens)),
      (
        [
          "metadata.labels", "displayName", "documentation", "setup", "concurrency", "rateLimit.**",
          "parameters.*.description", "parameters.*.example", "credentials.*.description",
        ], DifferenceRow.neutral
      ),
      (
        [
          "parameters.**", "credentials.**", "hosts", "baseURL", "headers.**", "authentication.**",
          "pagination.**", "errors.**", "grantsHeader",
        ], DifferenceRow.weakens
      ),
      (["redact"], DifferenceRow.list(more: .strengthens, fewer: .weakens)),
      (["collections.*.!"], DifferenceRow.coming(.strengthens, going: .weakens)),
      (["collections.*.redact"], DifferenceRow.list(more: .strengthens, fewer: .weakens)),
      (["collections.*.label"], DifferenceRow.neutral),
      (
        ["collections.*.permissions", "collections.*.scopes"],
        DifferenceRow.list(more: .strengthens, fewer: .weakens)
      ),
      (["collections.**"], DifferenceRow.weakens),
    ])

  private static func rows(
    _ kind: DocumentKind, _ type: Change.Kind,
    _ lists: [(paths: [String], effect: @Sendable (MovedValue) -> Effect)]
  ) -> [DifferenceRow] {
    lists.flatMap { list in list.paths.map { DifferenceRow(kind, $0, type, list.effect) } }
  }
}
