internal import JSON
internal import Posture

/// The words that all formats use.
enum Words {
  /// `1 setting`, `2 settings`.
  static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
    "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
  }

  /// What stands behind an instance that is not seen as it is now: `, stale`.
  static func staleness(_ reason: StaleReason?) -> String {
    reason.map { $0.isSuspension ? ", suspended" : ", stale" } ?? ""
  }

  static func of(_ cause: Change.Cause) -> String { cause.phrase }

  /// In a sentence; tables name the raw value, which filters take.
  static func of(_ compliance: Compliance) -> String {
    switch compliance {
    case .compliant: "compliant"
    case .notCompliant: "not compliant"
    case .notApplicable: "not applicable"
    case .unknown: "unknown"
    }
  }

  /// In a sentence, and on pages; other tables name the raw value, which filters take.
  static func of(_ status: Status) -> String {
    switch status {
    case .completed: "completed"
    case .toAddress: "to address"
    case .planned: "planned"
    case .riskAccepted: "risk accepted"
    case .resolvedThroughThirdParty: "resolved through a third party"
    case .resolvedThroughAlternateMitigation: "resolved through another mitigation"
    }
  }

  static func of(_ state: Snapshot.Exception.State) -> String {
    switch state {
    case .active: "active"
    case .expiringSoon: "expiring soon"
    case .expired: "expired"
    case .unused: "unused"
    }
  }

  /// `okta-stig V-273186`, with the part of it that is decided where that is not the whole.
  static func of(_ control: Recommendation.Control) -> String {
    "\(control.framework) \(control.id)" + (control.part.map { " (part: \($0))" } ?? "")
  }

  /// A score, or a dash where there is none.
  static func of(_ score: Fraction?) -> String { score?.oneDecimal ?? "–" }

  /// `71.2 → 64.9`, or the one value where nothing moved.
  ///
  /// A movement too small to print is none to see.
  static func movement(from before: Fraction?, to after: Fraction?) -> String {
    guard let before, before.oneDecimal != after?.oneDecimal else { return of(after) }
    return "\(before.oneDecimal) → \(of(after))"
  }

  /// A value as one line of JSON; text that is only a word stands without quotes.
  static func of(_ value: JSONValue?) -> String {
    switch value {
    case nil: "nothing"
    case .string(let text)?: text
    case let value?: value.compactText
    }
  }

  /// `name [identity]`, the identity only where it says more.
  static func resource(label: String, id: String?) -> String {
    guard let id, !id.isEmpty, id != label else { return label }
    return label.isEmpty ? "[\(id)]" : "\(label) [\(id)]"
  }

  /// How an exception stands that wants a decision.
  static func standing(of item: ExceptionPlan) -> String {
    let day = item.exception.expires.map { ", last day \($0)" } ?? ""
    return "is \(of(item.state))\(day), owner \(item.exception.owner)"
  }

  /// What happened to the declaration, as one sentence.
  static func declaration(_ change: Change) -> String {
    switch change.type {
    case .instanceAdded, .exceptionAdded: "added: \(Phrases.reason(of: change))"
    case .breakGlassAdded, .breakGlassChanged, .breakGlassRemoved:
      "break-glass \(resource(label: change.resource ?? "", id: nil)): \(Phrases.reason(of: change))"
    case .exceptionExpired: "expired: \(Phrases.reason(of: change))"
    case .exceptionExpiringSoon: "is expiring soon: \(Phrases.reason(of: change))"
    case .exceptionUnused: "is unused: \(Phrases.reason(of: change))"
    case .suspect: "is suspect: \(Phrases.reason(of: change))"
    case .observationStale: "is not observed now: \(Phrases.reason(of: change))"
    case .collectionIncomplete:
      "collection \(change.resource ?? "") is \(of(change.to)): \(Phrases.reason(of: change))"
    case .collectionRestored: "collection \(change.resource ?? ""): \(Phrases.reason(of: change))"
    case .recommendationsOn, .recommendationsOff:
      "recommendations \(of(change.from)) → \(of(change.to)): \(Phrases.reason(of: change))"
    default: Phrases.reason(of: change)
    }
  }

  /// `compliant → notCompliant`, the new state alone where there was none.
  static func transition(_ change: Change) -> String {
    switch change.type {
    case .new: "new, \(of(change.to))"
    case .removed: "removed, was \(of(change.from))"
    case .affectedAdded, .affectedRemoved: "still notCompliant"
    default: "\(of(change.from)) → \(of(change.to))"
    }
  }

  /// The beginning of a commit's name.
  static func short(_ revision: String) -> String {
    let isHexadecimal = revision.utf8.allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
    return isHexadecimal && revision.utf8.count >= 40 ? String(revision.prefix(7)) : revision
  }
}

extension DataOrigin {
  /// `came with commit 1a2b3c4 of 2026-06-01, Ada`
  var words: String {
    switch self {
    case .commit(let commit):
      "came with commit \(Words.short(commit.id)) of \(commit.date.day), \(commit.author)"
    case .uncommitted: "is not committed"
    }
  }
}

extension Gate.Outcome {
  var words: String { self == .notJudged ? "not judged" : rawValue }
}
