internal import JSON
package import Posture
internal import Text
internal import YAML

extension JSONReport {
  /// `plumb show exceptions`: as the plan's `exceptions`, those first that end first.
  package static func exceptions(_ plan: Comparison, filter: PlanFilter = PlanFilter()) -> [UInt8] {
    bytes(.exceptions, of: filter.applied(to: plan))
  }
}

extension JSONShape<Comparison> {
  static var exceptions: Self {
    Self(
      document: "Exceptions",
      [
        .value("at", \.at),
        .list("exceptions", of: .exception(tellsPlace: true)) {
          $0.exceptions.sorted(by: ExceptionPlan.endsFirst)
        },
      ] + breakGlass.members)
  }
}

extension JSONShape<ExceptionPlan> {
  /// An exception, and what it does.
  ///
  /// - Parameter tellsPlace: Whether the document's place is told, which a plan does not depend on.
  static func exception(tellsPlace: Bool = false) -> Self {
    let covers = Self([
      .value("results", \.results), .value("affectedResources", \.resources),
    ])
    let terms: [Member] = [
      .value("name", \.exception.name), .value("status", \.exception.status),
      .value("state", \.state),
      .value("recommendations") { $0.exception.recommendations.map(\.value) },
      .value("instances", \.instances), .value("resources", \.exception.resources?.value),
      .value("justification", \.exception.justification), .value("owner", \.exception.owner),
      .value("ticket", \.exception.ticket),
      .value("expires", \.exception.expires?.description),
    ]
    let place: [Member] = [
      .value("place") { "\($0.exception.mark.file):\($0.exception.mark.line)" }
    ]
    return Self(
      terms + (tellsPlace ? place : []) + [
        .object("covers", covers) { $0 },
        .list("effects", of: .effect, \.effects),
        .optional("introduced", .commit) {
          if case .commits(let introduced, _)? = $0.origin { introduced } else { nil }
        },
        .optional("changed", .commit) {
          if case .commits(_, let changed)? = $0.origin { changed } else { nil }
        },
      ])
  }
}

extension JSONShape<Snapshot.Exception.Effect> {
  fileprivate static var effect: Self {
    Self([
      .value("initiative", \.initiative), .value("score", \.score.rounded),
      .value("plannedScore", \.plannedScore.rounded),
      .value("achievableScore", \.achievableScore.rounded),
    ])
  }
}

extension JSONShape<ExceptionPlan.Origin.Commit> {
  /// A commit that wrote lines of a document.
  static var commit: Self {
    Self([.value("commit", \.id), .value("author", \.author), .value("date", \.date)])
  }
}
