internal import JSON
internal import Text
internal import YAML

extension StateCodec {
  static func encode(_ exception: Snapshot.Exception) -> JSONValue {
    var members = Members()
    members.add("name", exception.name)
    members.add("digest", exception.digest)
    members.add("state", exception.state.rawValue)
    guard let terms = exception.terms else { return members.value }
    members.add("recommendations", .array(terms.recommendations.map(JSONValue.string)))
    members.add("status", terms.status.rawValue)
    members.add("resources", terms.resources)
    members.add("justification", terms.justification)
    members.add("owner", terms.owner)
    members.add("ticket", terms.ticket)
    members.add("expires", terms.expires?.description)
    members.add("instances", .array(exception.instances.map(JSONValue.string)))
    members.add("results", exception.results)
    members.add("affectedResources", exception.resources)
    members.add(
      "effects",
      .array(
        exception.effects.map { effect in
          var members = Members()
          members.add("initiative", effect.initiative)
          members.add("title", effect.title)
          members.add("score", effect.score.text)
          members.add("plannedScore", effect.plannedScore.text)
          members.add("achievableScore", effect.achievableScore.text)
          return members.value
        }))
    return members.value
  }

  static func decodeException(_ reader: StateReader) throws(ReadError) -> Snapshot.Exception {
    var exception = Snapshot.Exception(
      name: try reader.string("name"), digest: try reader.string("digest"),
      state: try reader.choice("state", as: Snapshot.Exception.State.self))
    // Earlier versions wrote down no more than that.
    guard let status = try reader.optionalChoice("status", as: Status.self) else {
      return exception
    }
    var terms = Snapshot.Exception.Terms(
      status: status, owner: try reader.string("owner"),
      justification: try reader.string("justification"))
    terms.recommendations = try reader.strings("recommendations")
    terms.resources = try reader.optionalString("resources")
    terms.ticket = try reader.optionalString("ticket")
    if let day = try reader.optionalString("expires") {
      guard let date = CalendarDate(day) else { throw reader.fault("expires", isNot: "a day") }
      terms.expires = date
    }
    exception.terms = terms
    exception.instances = try reader.strings("instances")
    exception.results = try reader.count("results")
    exception.resources = try reader.count("affectedResources")
    exception.effects = try reader.list("effects").map { reader throws(ReadError) in
      Snapshot.Exception.Effect(
        initiative: try reader.string("initiative"), title: try reader.string("title"),
        score: try reader.fraction("score"), plannedScore: try reader.fraction("plannedScore"),
        achievableScore: try reader.fraction("achievableScore"))
    }
    return exception
  }
}
