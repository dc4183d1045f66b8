package import Posture
internal import Text

/// Puts the parts of a fleet together, or says which are to be made anew. Pure.
package struct PartsMerger {
  let fleet: Fleet
  /// Whether instances of which no part says anything are taken as not observed.
  let allowsMissing: Bool
  /// How many cores share the parts out; what comes of them does not depend on it.
  let cores: Int

  package init(_ fleet: Fleet, allowsMissing: Bool = false, cores: Int = 1) {
    self.fleet = fleet
    self.allowsMissing = allowsMissing
    self.cores = cores
  }

  /// Why parts are not merged, by the shard that makes it good.
  package struct Refusal: Sendable, Hashable {
    /// The shard to run once more; nil where that does not help.
    package let shard: Int?
    /// What is wrong.
    package let text: String
    /// What else is to be done: a file to remove.
    package let removing: String?
    /// Whether parts say different things: the share is observed anew then.
    package var isContradiction = false
    /// Whether it may be merged without.
    package var isAbsence = false
  }

  /// What came of it.
  package struct Outcome: Sendable {
    /// What counts of each instance, by name.
    package var records: [String: AssessmentRecord] = [:]
    /// Assigned instances of which no part says anything, by name.
    package var missing: [String] = []
    /// In order of shards.
    package var refusals: [Refusal] = []
  }

  /// - Parameter files: In any order; the same may come several times.
  package func merge(_ files: [Part.File]) -> Outcome {
    let (digest, assignment) = (fleet.digest, fleet.assignment)
    var joined: [String: JoinedRecord] = [:]
    var outcome = Outcome()
    func refuse(
      _ shard: Int?, _ text: String, removing: String? = nil, isContradiction: Bool = false,
      isAbsence: Bool = false
    ) {
      outcome.refusals.append(
        Refusal(
          shard: shard, text: text, removing: removing, isContradiction: isContradiction,
          isAbsence: isAbsence))
    }
    let parts = files.sharedOut(over: cores) { own in
      own.map { file in Result { () throws(Part.Fault) in try Part(file) } }
    }
    for (file, read) in zip(files, parts) {
      let part: Part
      do throws(Part.Fault) {
        part = try read.get()
      } catch {
        let index = file.index.flatMap { fleet.shards.indices.contains($0) ? $0 : nil }
        refuse(index, "\(file.name) is broken: \(error.text)", removing: file.name)
        continue
      }
      guard part.fleet == digest else {
        refuse(
          nil, "\(file.name) is a part of another fleet, \(part.fleet.prefix(12))",
          removing: file.name)
        continue
      }
      guard fleet.shards.indices.contains(part.index) else {
        refuse(
          nil, "\(file.name) is of shard \(part.index), which the fleet does not have",
          removing: file.name)
        continue
      }
      guard part.version == fleet.version, part.catalog == fleet.catalog else {
        refuse(
          part.index,
          part.version == fleet.version
            ? "\(file.name) was made with another built-in catalog"
            : "\(file.name) was made by Plumb \(part.version), the fleet by \(fleet.version)",
          removing: file.name)
        continue
      }
      let strays = part.records.filter { assignment[$0.instance] != part.index }
      if let stray = strays.first {
        refuse(
          part.index, "\(file.name) has instance '\(stray.instance)', which is not in the shard",
          removing: file.name)
        continue
      }
      for record in part.records {
        if joined[record.instance]?.add(record) == nil {
          joined[record.instance] = JoinedRecord(record)
        }
      }
    }
    for (name, record) in joined.sorted(by: { $0.key < $1.key }) where record.isContradictory {
      refuse(
        assignment[name],
        "parts say different things of '\(name)', observed at \(record.record.observed?.summary.observedAt.description ?? "")",
        isContradiction: true)
    }
    for (index, shard) in fleet.shards.enumerated() {
      let missing = shard.instances.filter { joined[$0] == nil }
      guard !missing.isEmpty else { continue }
      outcome.missing += missing
      if allowsMissing { continue }
      refuse(
        index,
        missing.count == shard.instances.count
          ? "there is no part of it"
          : "\(missing.count) of \(shard.instances.count) instances are missing: \(Self.list(missing))",
        isAbsence: true)
    }
    outcome.missing.sort()
    outcome.records = joined.mapValues(\.record)
    // The same file may come twice; it is told once.
    var told: Set<Refusal> = []
    outcome.refusals = outcome.refusals.filter { told.insert($0).inserted }
      .sorted { ($0.shard ?? -1, $0.text) < ($1.shard ?? -1, $1.text) }
    return outcome
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
  }
}
