internal import JSON

/// A recorded tally, and what earlier versions recorded in its place.
extension StateCodec {
  /// Nil where no exception matched a resource.
  static func encode(_ tally: Tally) -> JSONValue? {
    if tally.cells.isEmpty { return nil }
    let cells = tally.cells.map { (names: $0.key.sorted(), counts: $0.value) }
      .sorted { $0.names.lexicographicallyPrecedes($1.names) }
    return .array(
      cells.map { names, counts in
        var members = Members()
        members.add("exceptions", .array(names.map(JSONValue.string)))
        members.add("compliant", counts.compliant)
        members.add("notCompliant", counts.notCompliant)
        members.add("error", counts.error)
        if let first = counts.unjudged {
          members.add("place", counts.place)
          members.add("unjudged", encode(first))
        }
        return members.value
      })
  }
}

extension StateReader {
  /// The tally, and what the exceptions in it said that held.
  func tally() throws(StateCodec.ReadError) -> (tally: Tally, holding: [String: Status]) {
    if value["exceptionMatches"] != nil { return try earlierTally() }
    var tally = Tally()
    for reader in try list("tally") {
      let counts = Counts(
        compliant: try reader.count("compliant"), notCompliant: try reader.count("notCompliant"),
        error: try reader.count("error"), unjudged: try reader.unjudged("unjudged"),
        place: try reader.optionalCount("place"))
      guard tally.cells.updateValue(counts, forKey: Set(try reader.strings("exceptions"))) == nil
      else { throw reader.fault("exceptions", isNot: "told once") }
    }
    var holding: [String: Status] = [:]
    for (name, reader) in try members("holding") {
      guard let status = reader.value.string.flatMap(Status.init) else {
        throw fault("holding.\(name)", isNot: "a status")
      }
      holding[name] = status
    }
    return (tally, holding)
  }

  /// All that is counted. What a recorded verdict counts is the same; earlier versions left out what was exempt.
  func sum(of tally: Tally, of verdict: Verdict) throws(StateCodec.ReadError) -> Counts {
    var total = 0
    for counts in tally.cells.values {
      total += counts.total
      guard total <= StateCodec.largestCount else {
        throw fault("tally", isNot: "at most \(StateCodec.largestCount) resources")
      }
    }
    let sum = tally.counts()
    if value["exceptionMatches"] == nil,
      (sum.total, sum.compliant, sum.notCompliant)
        != (verdict.counted, verdict.compliantCount, verdict.affectedCount)
    {
      throw fault("tally", isNot: "what is counted")
    }
    return sum
  }

  /// Earlier versions recorded how many resources each exception matched and, apart from that, what it alone changed.
  /// What counts comes out as it was recorded; which exceptions share a resource is known only where it is no more
  /// than one set for those that exempt, and one for those that plan.
  private func earlierTally() throws(StateCodec.ReadError) -> (Tally, [String: Status]) {
    var alone: [String: (counts: Counts, planned: Int)] = [:]
    for (name, reader) in try members("exceptionReach") {
      let (compliant, affected) = (
        try reader.count("aloneCompliant"), try reader.count("aloneAffected")
      )
      let counted = try reader.count("aloneCounted")
      alone[name] = (
        Counts(
          compliant: compliant, notCompliant: affected,
          error: max(0, counted - compliant - affected)), try reader.count("alonePlanned")
      )
    }
    let (exempt, planned) = (try count("exemptCount"), try count("plannedCount"))
    var holding: [String: Status] = [:]
    for (name, matches) in try members("exceptionMatches")
    where try count(matches.value, "exceptionMatches.\(name)") > 0 {
      let isPlan =
        exempt == 0 || (alone[name].map { $0.counts.total == 0 && $0.planned > 0 } ?? false)
      holding[name] = isPlan ? .planned : .riskAccepted
    }
    var tally = Tally()
    func put(_ names: Set<String>, _ counts: Counts) {
      if counts.total > 0 { tally.cells[names, default: Counts()].add(counts) }
    }
    let planning = Set(holding.filter { $0.value == .planned }.keys)
    let exempting = Set(holding.keys).subtracting(planning)
    for name in exempting { put([name], alone[name]?.counts ?? Counts()) }
    put(exempting, Counts(notCompliant: max(0, exempt - tally.counts().total)))
    let shared = max(0, planned - planning.reduce(0) { $0 + (alone[$1]?.planned ?? 0) })
    for name in planning { put([name], Counts(notCompliant: alone[name]?.planned ?? 0)) }
    put(planning, Counts(notCompliant: shared))
    let (compliant, affected) = (try count("compliantCount"), try count("affectedCount"))
    put(
      [],
      Counts(
        compliant: compliant, notCompliant: max(0, affected - planned),
        error: max(0, try count("counted") - compliant - affected)))
    return (holding.isEmpty ? Tally() : tally, holding)
  }
}
