package import Text
internal import YAML

extension Snapshot {
  /// One exception: how it stands, what it says, what it covers, and what it does to scores.
  package struct Exception: Sendable, Hashable, Named {
    /// The document's name.
    package internal(set) var name: String
    /// SHA-256 of the document's meaning.
    package var digest: String
    /// How it stands at the snapshot's time.
    package var state: State
    /// Nil in files of earlier versions.
    package var terms: Terms?
    /// Names of the instances that it is about.
    package var instances: [String] = []
    /// Results that are otherwise because of it.
    package var results = 0
    /// Resources that it covers and that are not compliant.
    package var resources = 0
    /// What it does to the scores of tracked initiatives; without those that it does nothing to.
    package var effects: [Effect] = []

    package init(name: String, digest: String, state: State) {
      self.name = name
      self.digest = digest
      self.state = state
    }

    /// How an exception stands at a moment.
    package enum State: String, Sendable, CaseIterable {
      case active, expiringSoon, expired
      /// It holds, but nothing that it covers is amiss any more.
      case unused
    }

    /// What an exception does to one initiative: each score with it, less the score without it, in
    /// percentage points.
    package struct Effect: Sendable, Hashable {
      /// The initiative's name.
      package internal(set) var initiative: String
      /// How reports name the initiative.
      package internal(set) var title: String
      /// The score with the exception, less the score without it, in percentage points.
      package internal(set) var score: Fraction
      /// The same for the score if every plan were carried out.
      package internal(set) var plannedScore: Fraction
      /// Accepting a risk puts its points out of reach: this is what that costs.
      package internal(set) var achievableScore: Fraction

      package init(
        initiative: String, title: String, score: Fraction, plannedScore: Fraction,
        achievableScore: Fraction
      ) {
        self.initiative = initiative
        self.title = title
        self.score = score
        self.plannedScore = plannedScore
        self.achievableScore = achievableScore
      }

      /// Whether any of the scores is another one.
      package var isFelt: Bool {
        score != .zero || plannedScore != .zero || achievableScore != .zero
      }
    }

    /// Results, or affected resources where it names resources, that it covers.
    package var covers: Int { terms?.resources == nil ? results : resources }

    /// Who decided what, and until when.
    package struct Terms: Sendable, Hashable {
      /// The names of the recommendations that it is about.
      package var recommendations: [String] = []
      /// What it makes of the results that it covers.
      package var status: Status
      /// Who answers for it.
      package var owner: String
      /// Why it was decided so.
      package var justification: String
      /// CEL over `resource`: the resources that are meant. Without it the whole recommendation is.
      package var resources: String?
      /// Where the work is tracked; nil where none is named.
      package var ticket: String?
      /// The last day (in UTC) on which it holds.
      package var expires: CalendarDate?

      package init(status: Status, owner: String, justification: String) {
        self.status = status
        self.owner = owner
        self.justification = justification
      }

      /// Copies the terms of a declared exception, without the places where they are written.
      package init(_ exception: Posture.Exception) {
        self.init(
          status: exception.status, owner: exception.owner,
          justification: exception.justification)
        recommendations = exception.recommendations.map(\.value)
        resources = exception.resources?.value
        ticket = exception.ticket
        expires = exception.expires
      }

      /// The fields that other terms say otherwise.
      package func differences(to other: Terms) -> [Change.ExceptionChange.Field] {
        let fields: [(String, String?, String?)] = [
          (
            "recommendations", recommendations.joined(separator: ", "),
            other.recommendations.joined(separator: ", ")
          ),
          ("status", status.rawValue, other.status.rawValue),
          ("resources", resources, other.resources),
          ("expires", expires?.description, other.expires?.description),
          ("owner", owner, other.owner), ("ticket", ticket, other.ticket),
          ("justification", justification, other.justification),
        ]
        return fields.filter { $0.1 != $0.2 }.map { .init(name: $0.0, from: $0.1, to: $0.2) }
      }
    }
  }
}

extension Snapshot.Exception {
  /// What it covers and does; nil where it covers nothing, or that is not recorded.
  package var extent: Extent? {
    guard let terms, covers > 0 else { return nil }
    return Extent(
      results: terms.resources == nil || resources == 0 ? results : nil, resources: resources,
      effects: effects)
  }

  /// How far an exception reaches.
  package struct Extent: Sendable, Hashable {
    /// Nil where single resources are meant, and some are covered.
    package let results: Int?
    /// Resources that it covers and that are not compliant.
    package let resources: Int
    /// What it does to the scores of tracked initiatives.
    package let effects: [Effect]

    package init(results: Int?, resources: Int = 0, effects: [Effect] = []) {
      self.results = results
      self.resources = resources
      self.effects = effects
    }
  }
}
