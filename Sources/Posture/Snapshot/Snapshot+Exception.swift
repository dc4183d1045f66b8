package import Text
internal import YAML

extension Snapshot {
  /// One exception: how it stands, what it says, what it covers, and what it does to scores.
  package struct Exception: Sendable, Hashable, Named {
    package let name: String
    package var digest: String
    package var state: ExceptionPlan.State
    /// Nil in files of earlier versions.
    package var terms: Terms?
    /// Results that are otherwise because of it.
    package var results = 0
    /// Resources that it covers and that are not compliant.
    package var resources = 0
    /// What it does to the scores of tracked initiatives; without those that it does nothing to.
    package var effects: [ExceptionPlan.Effect] = []

    package init(name: String, digest: String, state: ExceptionPlan.State) {
      self.name = name
      self.digest = digest
      self.state = state
    }

    /// Who decided what, and until when.
    package struct Terms: Sendable, Hashable {
      package var recommendations: [String] = []
      package var status: Status
      package var owner: String
      package var justification: String
      /// CEL over `resource`: the resources that are meant. Without it the whole recommendation is.
      package var resources: String?
      package var ticket: String?
      /// The last day (in UTC) on which it holds.
      package var expires: CalendarDate?

      package init(status: Status, owner: String, justification: String) {
        self.status = status
        self.owner = owner
        self.justification = justification
      }

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
