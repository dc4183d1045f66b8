internal import Connectors
internal import JSON

/// What a trial makes of a member of a test's input.
enum AbsenceForm: String, CaseIterable {
  case absent
  case null
  case empty
  case mistyped

  /// The form that a collection's `fields` can cite; nil for `mistyped`, which no vendor means.
  var citable: CollectionField.Form? { CollectionField.Form(rawValue: rawValue) }
}

/// A verdict that took absence for an answer.
struct AbsenceFinding {
  /// One finding, whichever test shows it.
  struct Key: Hashable {
    let collection: String
    let path: [String]
    let form: AbsenceForm
    let kind: Kind
  }

  /// What the verdict did wrong.
  enum Kind: Hashable {
    /// `compliant` although other values change the verdict.
    case pass
    /// No longer `notCompliant`: a failure slips out.
    case escape
    /// The cited value gives another verdict than the form that it is cited for.
    case contradiction
  }

  let key: Key
  /// The member as conditions write it: `resource.settings.mode`.
  let name: String
  /// The verdict over the changed input.
  let verdict: Compliance
  /// The cited value and the verdict over it; nil but for a contradiction.
  let cited: (value: JSONValue, verdict: Compliance)?

  /// What is wrong and what to do about it, for the author.
  var message: String {
    let form =
      switch key.form {
      case .absent: "is absent"
      case .null: "is null"
      case .empty: "is empty"
      case .mistyped: "is of another type"
      }
    if let cited {
      return
        "\(verdict.rawValue) when \(name) \(form), but \(cited.verdict.rawValue) when it is "
        + "\(cited.value.compactText), which \(key.form.rawValue) is cited to mean"
    }
    let start =
      key.kind == .pass
      ? "compliant although \(name) \(form); other values change the verdict"
      : "\(verdict.rawValue) when \(name) \(form): a failure slips out"
    if key.path.isEmpty {
      return "\(start): cite 'mayBeEmpty' of \(key.collection), or let the condition fail"
    }
    guard key.form != .mistyped else { return "\(start): let the condition fail" }
    return
      "\(start): cite what \(key.form.rawValue) means in 'fields' of \(key.collection), or let the condition fail"
  }
}
