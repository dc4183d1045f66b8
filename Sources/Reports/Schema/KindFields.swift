internal import JSON
internal import Posture

/// The fields of every kind, as the decoders of `Posture` read them: a test holds the two together.
enum KindFields {
  static func description(of kind: DocumentKind) -> String {
    switch kind {
    case .instance: "One tenant of an app, connected under a name and switched by itself."
    case .initiative:
      "A goal that is tracked with a score and a target: a built-in one that is adopted, or one's own."
    case .exception: "A decision about recommendations that are not met."
    case .settings: "How Plumb behaves for this desired state; at most one."
    case .recommendation: "One best practice for one app: which resources, which condition."
    case .recommendationOverride: "Changes to named recommendations of the catalog."
    case .definitions: "Values and functions that the recommendations of one app share."
    case .connector: "How Plumb reads one app."
    case .exportFormat: "How another tool's export becomes an observation."
    case .framework: "A published framework, control by control."
    }
  }

  static func spec(of kind: DocumentKind) -> SchemaShape {
    switch kind {
    case .instance: .object(instance)
    case .initiative: .object(initiative)
    case .exception: .object(exception, rules: exceptionRules)
    case .settings: .object(settings)
    case .recommendation: .object(recommendation, rules: recommendationRules)
    case .recommendationOverride:
      .object(override, rules: [oneOf("recommendation", "recommendations")])
    case .definitions: .object(definitions)
    case .connector: .object(connector)
    case .exportFormat: .object(exportFormat)
    case .framework: .object(framework)
    }
  }

  // MARK: Parts

  /// Exactly one of the fields is there.
  static func oneOf(_ names: String...) -> (String, JSONValue) {
    ("oneOf", .array(names.map { ["required": [.string($0)]] }))
  }

  static let instances: SchemaShape = .either([
    .nonEmptyList(.string),
    .object([
      .required(
        "matchLabels", .entries(.string), "The labels, and the values that they must all have.")
    ]),
  ])

  private static let recommendationNames: [SchemaField] = [
    .optional("recommendation", .string, "The name of the one recommendation that is meant."),
    .optional(
      "recommendations", .nonEmptyList(.string), "The names of the recommendations that are meant."),
  ]

  // MARK: Declarations

  private static let parameters: SchemaField = .optional(
    "parameters", .entries(.string),
    "What the connector, conditions (instance.parameters) and links ({name}) read.")

  private static let instance: [SchemaField] = [
    .required("app", .string, "The app's name, such as okta."),
    .optional("displayName", .text, "How reports name the instance; its name by default."),
    .optional("recommendations", .onOff, "Whether the instance is assessed; on by default."),
    .required(
      "source",
      .object(
        [
          .optional("api", .object([parameters]), "Read over the app's API."),
          .optional(
            "recorded",
            .object([
              .required(
                "path", .repositoryPath, "The folder, relative to the repository's root."),
              parameters,
            ]), "A stored observation."),
          .optional(
            "export",
            .object([
              .required("format", .string, "The export format's name, such as scubagear."),
              .required("path", .repositoryPath, "The file, relative to the repository's root."),
              parameters,
            ]), "Another tool's export."),
        ], rules: [oneOf("api", "recorded", "export")]),
      "Where the observation comes from: one of api, recorded, export."),
    .optional(
      "maxAge", .timespan,
      "The age from which an observation is stale, such as 24h; by default 2d for api, 7d for recorded and export."
    ),
    .optional(
      "breakGlass",
      .list(
        .object([
          .required("id", .text, "As the vendor identifies it."),
          .required("kind", .choice(of: Instance.BreakGlass.Kind.self), "user or group."),
          .required("reason", .text, "Why it is kept."),
          .required("owner", .text, "Who answers for it."),
        ])), "Accounts and groups kept for emergencies, which policies may leave out."),
  ]

  private static let initiative: [SchemaField] = [
    .optional("title", .text, "How reports name it."),
    .optional("description", .text, "What it is for."),
    .optional("targetScore", .integer(0...100), "The score to reach; 80 by default."),
    .optional("tracked", .onOff, "Whether it is scored; on by default."),
    .optional("instances", instances, "The instances that count; all by default."),
    .optional(
      "weights", .entries(.choice(of: Weight.self)),
      "Weights by metric; riskAccepted leaves a metric out."),
    .optional(
      "metrics",
      .nonEmptyList(
        .object([
          .required("name", .name, "Unique within the initiative."),
          .required("title", .text, "How reports name it."),
          .optional("description", .text, "What it is about."),
          .optional("weight", .choice(of: Weight.self), "How much it counts; medium by default."),
          .optional("recommendations", .list(.string), "Named recommendations."),
          .optional(
            "controls",
            .list(
              .object([
                .required("framework", .text, "The framework, such as okta-stig."),
                .optional(
                  "prefix", .string, "How the controls' identifiers begin; all by default."),
              ])), "Every recommendation that stands for such a control."),
        ])), "The metrics of an initiative of one's own; a built-in one is adopted without."),
  ]

  private static let exception: [SchemaField] =
    [
      .optional(
        "recommendation", .string,
        "The name of the one recommendation that is meant; secure-score/<control> for one of Microsoft's own, read from Secure Score."
      ),
      .optional(
        "recommendations", .nonEmptyList(.string),
        "The names of the recommendations that are meant."),
    ] + [
      .required(
        "status", .choice(Status.declarable.map(\.rawValue)), "What the organisation has decided."),
      .required(
        "instances", instances, "Where it holds; nothing is accepted everywhere by omission."),
      .optional(
        "resources", .text,
        "CEL over resource: which resources are meant; without it the whole recommendation is."),
      .required("justification", .text, "Why."),
      .required("owner", .text, "Who answers for it."),
      .optional("ticket", .text, "Where it was decided."),
      .optional(
        "expires", .date,
        "The last day on which it holds; required for riskAccepted and planned."),
    ]

  private static let exceptionRules: [(String, JSONValue)] = [
    oneOf("recommendation", "recommendations"),
    (
      "if",
      [
        "properties": ["status": ["enum": ["riskAccepted", "planned"]]], "required": ["status"],
      ]
    ),
    ("then", ["required": ["expires"]]),
  ]

  private static let settings: [SchemaField] = [
    .optional(
      "reports",
      .object([
        .optional("branch", .text, "The branch of the reports; plumb/reports by default."),
        .optional("path", .repositoryPath, "The folder in it; reports by default."),
      ]), "Where apply commits."),
    .optional(
      "drift",
      .object([
        .optional(
          "scoreDropThreshold", .integer(1...100),
          "The points that a score must fall for an event; 2 by default.")
      ]), "What counts as an event."),
    .optional(
      "exceptions",
      .object([
        .optional(
          "maxDuration", .timespan, "How far ahead an exception may expire; 365d by default."),
        .optional(
          "expiringSoon", .timespan, "From when it is announced that one ends; 14d by default."),
      ]), "Bounds of exceptions."),
    .optional(
      "gates",
      .object([
        .optional(
          "newNotCompliant", .choice(Impact.allCases.map(\.rawValue) + ["off"]),
          "Newly not compliant recommendations of at least this impact fail."),
        .optional(
          "scoreBelowTarget", .choice(of: Settings.GateAction.self),
          "What happens when an initiative is below its target."),
        .optional(
          "scoreDrop", .either([.integer(Settings.Gates.scoreDrops), .choice(["off"])]),
          "An initiative's score that fell by so many points fails; 0 is any fall."),
        .optional(
          "expiredException", .choice(of: Settings.GateAction.self),
          "What happens when an exception has expired."),
        .optional(
          "exceptionTooLong", .choice(of: Settings.GateAction.self),
          "What happens when one ends later than exceptions.maxDuration allows; fail by default."),
        .optional(
          "coverageBelow", .either([.integer(Settings.Gates.coverages), .choice(["off"])]),
          "An initiative of which less than so many per cent are assessed fails."),
        .optional(
          "staleObservation", .choice(of: Settings.GateAction.self),
          "What happens when an instance is not observed now."),
        .optional(
          "lessAssessed", .choice(of: Settings.GateAction.self),
          "What happens when a pull request weakens what is declared (plan --base); fail by default."
        ),
      ]), "What makes plan and apply end with exit code 3."),
  ]

  private static let override: [SchemaField] =
    recommendationNames + [
      .optional("parameters", .entries(.any), "New values of parameters."),
      .optional("impact", .choice(of: Impact.self), "Another impact, with its points."),
      .optional("enabled", .onOff, "Whether it is in force anywhere."),
    ]
}
