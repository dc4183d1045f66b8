internal import JSON

/// One cell of a recorded tally: resources that the same exceptions match.
private struct TallyCell: Recorded {
  var exceptions: [String]
  var counts: Counts

  static var blank: Self { Self(exceptions: [], counts: Counts()) }

  mutating func exchange(_ members: inout StateMembers) {
    members.texts("exceptions", &exceptions)
    members.count("compliant", &counts.compliant)
    members.count("notCompliant", &counts.notCompliant)
    members.count("error", &counts.error)
    guard members.isThere("unjudged", counts.unjudged != nil) else { return }
    members.laterCount("place", &counts.place)
    members.object("unjudged", &counts.unjudged)
  }
}

/// A recorded tally, and what earlier versions recorded in its place.
extension StateMembers {
  /// The tally, left out where no exception matched a resource, and what the exceptions in it say that hold.
  ///
  /// - Returns: What held, by name, where it is read; else what it was given.
  mutating func tally(_ verdict: inout Verdict, holding: [String: Status]) -> [String: Status] {
    guard isReading else {
      var cells = verdict.tally.cells
        .map { TallyCell(exceptions: $0.key.sorted(), counts: $0.value) }
        .sorted { $0.exceptions.lexicographicallyPrecedes($1.exceptions) }
      list("tally", &cells, isKept: false)
      let named = holding.sorted { $0.key < $1.key }
      derived(
        "holding",
        named.isEmpty ? nil : .object(named.map { ($0.key, .string($0.value.rawValue)) }))
      return holding
    }
    var held: [String: Status] = [:]
    reading { reader throws(StateCodec.ReadError) in
      let (tally, holding) = try reader.tally()
      held = holding
      guard !tally.cells.isEmpty else { return }
      verdict.tally = tally
      verdict.judge(by: try reader.sum(of: tally, of: verdict))
    }
    return held
  }
}

extension StateReader {
  /// Reads the tally, and for each exception in it that held its status.
  func tally() throws(StateCodec.ReadError) -> (tally: Tally, holding: [String: Status]) {
    if value["exceptionMatches"] != nil { return try earlierTally() }
    var tally = Tally()
    for reader in try list("tally") {
      let cell = try TallyCell(reader)
      guard tally.cells.updateValue(cell.counts, forKey: Set(cell.exceptions)) == nil
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

  /// The sum of everything in the tally. The recorded verdict counts the same; earlier versions
  /// left out what was exempt.
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

  /// Reads what earlier versions recorded: how many resources each exception matched and, apart
  /// from that, what it alone changed. What counts comes out as it was recorded. Which exceptions
  /// share a resource is known only where there is at most one set of those that exempt, and one of
  /// those that plan.
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
