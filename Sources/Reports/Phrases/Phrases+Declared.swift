internal import JSON
package import Posture

/// What the repository declares otherwise.
extension Phrases {
  static func text(of what: Change.ExceptionChange.What) -> String {
    switch what {
    case .added(nil, _): return "its desired state is not in this repository"
    case .added(let terms?, let covers):
      let extent = covers.map { " (covers \(text(of: $0)))" } ?? ""
      return "\(terms.status.rawValue), \(terms.owner): \(terms.justification)\(extent)"
    case .changed(let fields):
      guard let fields, !fields.isEmpty else { return "the declaration changed" }
      return fields.map { "\($0.name) \($0.from ?? "none") → \($0.to ?? "none")" }
        .joined(separator: "; ")
    case .removed(let terms, let covered):
      let words = terms.map { ": \($0.status.rawValue), \($0.owner)" } ?? ""
      return "the exception is no longer declared\(words)"
        + (covered.map { "; it covered \(text(of: $0))" } ?? "")
    case .expired(let day):
      return "it held" + (day.map { " until \($0)" } ?? "") + "; renew it or fix what it covered"
    case .expiringSoon(let day): return "it holds" + (day.map { " until \($0)" } ?? "")
    case .unused(let isNew): return "it covers nothing\(isNew ? "" : " any more"): delete it"
    }
  }

  /// `2 affected resources; SaaS Security +1.2`.
  package static func text(of extent: Snapshot.Exception.Extent) -> String {
    let resources = extent.resources
    var parts = extent.results.map { ["\(Words.count($0, "result"))"] } ?? []
    if parts.isEmpty || resources > 0 {
      parts.append(Words.count(resources, "affected resource"))
    }
    return ([parts.joined(separator: ", ")] + extent.effects.map(text)).joined(separator: "; ")
  }

  /// `SaaS Security +1.2, planned +1.2`; a score that stays is not named.
  static func text(of effect: Snapshot.Exception.Effect) -> String {
    let parts = [
      ("", effect.score), ("planned ", effect.plannedScore),
      ("achievable ", effect.achievableScore),
    ].filter { $0.1 != .zero }
    // A projection that moves only as the score does says nothing new.
    let told = parts.filter { $0.0.isEmpty || $0.1 != effect.score }
    return "\(effect.title) " + told.map { $0.0 + $0.1.signedOneDecimal }.joined(separator: ", ")
  }

  static func text(of difference: DeclaredDifference) -> String {
    let words = difference.words
    let values =
      "\(words?.from ?? short(difference.from)) → \(words?.to ?? short(difference.to))"
    switch difference.type {
    case .breakGlassAdded, .breakGlassRemoved, .exceptionAdded, .settingsChanged: return values
    case .breakGlassChanged: return "\(difference.path.last ?? "") \(values)"
    case .targetChanged: return "target \(values)"
    case .weightChanged: return "weight \(values)"
    default:
      if difference.path.isEmpty { return difference.from == nil ? "added" : "removed" }
      return "\(difference.field) \(values)"
    }
  }

  /// A value as a sentence has it: whole in the plan as JSON, and short here.
  private static func short(_ value: JSONValue?) -> String {
    let text =
      switch value {
      case nil: "none"
      case .string(let text)?: text
      case let value?: value.compactText
      }
    return text.count <= longest ? text : text.prefix(longest) + "…"
  }

  private static let longest = 160

  static func data(from: Instant?, to: Instant?, lost: [String]) -> String {
    switch (from, to) {
    case (let from?, let to?) where from == to:
      return "its data in the repository is another, of the same time \(from)"
    case (let from?, let to?):
      return "its data in the repository: observed \(from) → \(to)"
        + (lost.isEmpty ? "" : "; no longer complete: \(lost.joined(separator: ", "))")
    case (_?, nil): return "its data in the repository can no longer be read"
    default: return "its data in the repository can be read now"
    }
  }
}
