internal import JSON
internal import Text
internal import YAML

extension Snapshot.Exception: Recorded {
  static var blank: Self { Self(name: "", digest: "", state: .active) }

  mutating func exchange(_ members: inout StateMembers) {
    members.text("name", &name)
    members.text("digest", &digest)
    members.word("state", &state)
    // Earlier versions wrote down no more than that.
    guard members.isThere("status", self.terms != nil) else { return }
    var terms = self.terms ?? Terms(status: .toAddress, owner: "", justification: "")
    members.texts("recommendations", &terms.recommendations)
    members.word("status", &terms.status)
    members.text("resources", &terms.resources)
    members.text("justification", &terms.justification)
    members.text("owner", &terms.owner)
    members.text("ticket", &terms.ticket)
    members.text(
      "expires", &terms.expires, is: "a day", write: \.description, read: CalendarDate.init)
    self.terms = terms
    members.texts("instances", &instances)
    members.count("results", &results)
    members.count("affectedResources", &resources)
    members.list("effects", &effects)
  }
}

extension Snapshot.Exception.Effect: Recorded {
  static var blank: Self {
    Self(initiative: "", title: "", score: .zero, plannedScore: .zero, achievableScore: .zero)
  }

  mutating func exchange(_ members: inout StateMembers) {
    members.text("initiative", &initiative)
    members.text("title", &title)
    members.fraction("score", &score)
    members.fraction("plannedScore", &plannedScore)
    members.fraction("achievableScore", &achievableScore)
  }
}
