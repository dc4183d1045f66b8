internal import Connectors
internal import JSON

/// What a member of the input is turned into.
enum AbsenceForm: String, CaseIterable {
  case absent
  case null
  case empty
  case mistyped

  /// The form that a collection's `fields` can cite; none for what no vendor means.
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

  enum Kind: Hashable {
    /// `compliant` although other values change the verdict.
    case pass
    /// `notCompliant` no more.
    case escape
    /// The cited value gives another verdict than the form that it is cited for.
    case contradiction
  }

  let key: Key
  /// As conditions write it.
  let name: String
  /// What came out.
  let verdict: Compliance
  /// What is cited, and what comes out with it.
  let cited: (value: JSONValue, verdict: Compliance)?

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
