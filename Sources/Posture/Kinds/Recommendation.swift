internal import Connectors
package import YAML

/// One best practice for one app: which resources, which condition, impact, remediation.
package struct Recommendation: Sendable {
  /// The document's name: `okta-mfa-required`.
  package let name: String
  /// The app whose instances it judges, with its place.
  package private(set) var app: Located<String>
  /// How reports name it.
  package private(set) var title = ""
  /// How much it matters; it gives the points where the document does not.
  package var impact = Impact.low
  /// What completing it earns, 1 to 100.
  package var points = 0
  /// What part of security it is about.
  package private(set) var category = Category.identity
  /// How much people notice of it.
  package private(set) var userImpact = Effort.low
  /// How much work it takes.
  package private(set) var implementationCost = Effort.low
  /// What it counters.
  package private(set) var threats: [Threat] = []
  /// What conditions read as `parameters.<name>`; in order of name.
  package var parameters: [Parameter] = []
  /// Named conditions, in order of writing; each may use the earlier ones.
  package private(set) var variables: [Expression] = []
  /// The collection whose resources are judged one by one; nil: one condition over the instance.
  package var collection: Located<String>?
  /// CEL over `resource`: which resources are in scope; nil for all.
  package private(set) var filter: Located<String>?
  /// CEL: whether the resource, or the instance, is as it should be.
  package private(set) var compliant: Located<String>
  /// CEL over `resource`: how an affected one is named; nil without a collection.
  package private(set) var label: Located<String>?
  /// The values that are recorded, so that a git diff shows drift.
  package private(set) var settings: [Expression] = []
  /// What a verdict over the whole instance counted; in order of writing.
  package private(set) var evidence: [Expression] = []
  /// The objects that a verdict over the whole instance blames: a list of texts, or of maps with
  /// `id`, `label` and the values that are shown beside them.
  package private(set) var affected: Located<String>?
  /// What settings and evidence should be, by their names; what is not named follows from the condition.
  package private(set) var expected: [Expression] = []
  /// Why it matters; empty where nothing is said.
  package private(set) var rationale = ""
  /// How to do it: Markdown steps.
  package private(set) var remediation = ""
  /// Where to do it: a link in which `{name}` is an instance's parameter.
  package private(set) var manage: String?
  /// Controls of published frameworks that it stands for.
  package private(set) var controls: [Control] = []
  /// Where the verdict differs on purpose from a published assessor's.
  package private(set) var differs: [Difference] = []
  /// Where to read more.
  package private(set) var references: [Reference] = []
  /// Cases that the recommendation proves itself with.
  package private(set) var tests: [Test] = []
  /// Whether an override has switched it off everywhere.
  package var isEnabled = true
  /// Who wrote it.
  package private(set) var origin: Origin
  /// Whether the repository changed it.
  package var isOverridden = false
  /// Where the document's name stands.
  package let mark: Mark
  /// SHA-256 of what verdicts and points depend on; an override that changes it counts too.
  package var digest: String
  /// SHA-256 of what the repository says of it; nil for what is the catalog's alone. Tells a change
  /// of the desired state from one of the catalog.
  package var declaration: String?

  /// Whether what it says is the repository's, wholly or in part: a change is the desired state's.
  package var isDeclared: Bool { origin == .desiredState || isOverridden }

  /// Who wrote it: tells a change of the catalog from one of the desired state.
  package enum Origin: Sendable { case catalog, desiredState }
}

extension Recommendation: Kind {
  package static let summary = "One best practice for one app: which resources, which condition."

  package static let example = """
    app: okta
    title: Require long passwords
    impact: medium
    category: identity
    collection: passwordPolicies
    where: resource.status == "ACTIVE"
    compliant: resource.settings.password.complexity.minLength >= 14
    label: resource.name
    remediation: Security → Authenticators → Password, set the minimum length to 14.
    """

  package static let changed = Change.Kind.recommendationChanged
  package static let differences: [FieldDifference] = [
    .coming(.strengthens, going: .weakens, of: "!"), .neutral(of: "metadata.labels"),
  ]

  /// Nobody can tell from here that another condition is as strict; settings, evidence and what is
  /// expected are what a verdict shows, and what drift is seen in.
  package static let fields: [Field<Recommendation>] = [
    .required("app", \.app, .located(.string), "The app's name, such as okta.", .weakens),
    .required("title", \.title, .text, "What to do, in the imperative.", .neutral),
    .optional(
      "impact", \.impact, .choice(of: Impact.self), "high, medium or low: 10, 5 or 2 points.",
      .points),
    .optional(
      "points", \.points, .integer(in: 1...100),
      "What completing it earns, instead of the impact's.", .points),
    .check(.atLeastOne(["impact", "points"]), .together("collection", with: "label"), body: weigh),
    .required("category", \.category, .choice(of: Category.self), "What it is about.", .neutral),
    .optional(
      "userImpact", \.userImpact, .choice(of: Effort.self),
      "What it asks of users; low by default.", .neutral),
    .optional(
      "implementationCost", \.implementationCost, .choice(of: Effort.self),
      "What it asks of those who carry it out; low by default.", .neutral),
    .optional(
      "threats", \.threats, .list(of: .choice(of: Threat.self)), "What it counters.", .neutral),
    .optional(
      "parameters", \.parameters, .parameters, "Values that conditions read as parameters.<name>.",
      .parameters),
    .optional(
      "variables", \.variables, .expressions, "Named CEL expressions, read as variables.<name>.",
      .weakens(of: "**")),
    .optional(
      "collection", \.collection, .located(.text),
      "The collection whose resources are judged one by one; without it, compliant is one condition over the instance.",
      .weakens),
    .optional("where", \.filter, .located(.text), "CEL: which resources are in scope.", .weakens),
    .required(
      "compliant", \.compliant, .located(.text),
      "CEL: whether the resource, or the instance, is as it should be.", .weakens),
    .optional(
      "label", \.label, .located(.text),
      "CEL: how an affected resource is named; required with collection.", .neutral),
    .optional(
      "settings", \.settings, .expressions,
      "CEL: the values that are recorded, so that drift shows.",
      .coming(.strengthens, going: .weakens, of: "*")),
    .optional(
      "evidence", \.evidence, .expressions,
      "CEL: what a verdict over the whole instance counted, shown beside it.",
      .coming(.strengthens, going: .weakens, of: "*")),
    .optional(
      "affected", \.affected, .located(.text),
      "CEL: the objects that a verdict over the whole instance blames: texts, or maps with id and label.",
      .weakens),
    .optional(
      "expected", \.expected, .expressions,
      "CEL: what settings and evidence should be, by their names; the rest follows from the condition.",
      .coming(.strengthens, going: .weakens, of: "*")),
    .optional("rationale", \.rationale, .prose, "Why it matters.", .neutral),
    .required("remediation", \.remediation, .prose, "How to do it: Markdown steps.", .neutral),
    .optional(
      "manage", \.manage, .prose, "Where to do it: a link; {name} is an instance's parameter.",
      .neutral),
    .optional(
      "controls", \.controls, .list(of: .object),
      "Controls of published frameworks that it stands for.",
      .list(more: .strengthens, fewer: .weakens)),
    .optional(
      "differs", \.differs,
      .list(of: NodeDecoder.object.described(as: "a difference from a published verdict")),
      "Where the verdict differs on purpose from a published assessor's.", .neutral),
    .optional("references", \.references, .list(of: .object), "Where to read more.", .neutral),
    .optional(
      "tests", \.tests, .list(of: NodeDecoder.object.described(as: "a test")),
      "Cases that the recommendation proves itself with.", .list(more: .neutral, fewer: .weakens)),
  ]

  /// Of impact and points, each follows from the other where it is not written.
  @Sendable private static func weigh(_ recommendation: inout Self, _ fields: MappingDecoder) {
    let (hasImpact, hasPoints) = (fields.node("impact") != nil, fields.node("points") != nil)
    if !hasImpact && !hasPoints {
      fields.error("missing field 'impact': high, medium or low (or 'points')")
    }
    if !hasImpact { recommendation.impact = Impact(points: recommendation.points) }
    if !hasPoints { recommendation.points = recommendation.impact.points }
  }

  package init(_ envelope: Envelope) {
    let digest = envelope.spec.conditionDigest
    self.init(
      name: envelope.name.value, app: envelope.name, compliant: envelope.name,
      origin: .desiredState, mark: envelope.name.mark, digest: digest, declaration: digest)
  }

  /// Reads a document of the catalog or of the repository; nil after errors.
  package init?(_ envelope: Envelope, origin: Origin, diagnostics: Diagnostics) {
    self.init(envelope, diagnostics: diagnostics)
    self.origin = origin
    if origin == .catalog { declaration = nil }
  }
}

extension Node {
  /// SHA-256 of what verdicts and points depend on: better prose is no other recommendation.
  fileprivate var conditionDigest: String {
    let fields = [
      "app", "impact", "points", "parameters", "variables", "collection", "where", "compliant",
      "label", "settings", "affected",
    ]
    return Digest.sha256(fields.map { self[$0]?.meaningDigest ?? "" }.joined(separator: "\n"))
  }
}
