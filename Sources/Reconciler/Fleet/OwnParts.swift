package import Posture

/// The parts of one shard that one run reads and writes: its own take the place of what it took over.
package struct OwnParts {
  private let store: any PartStore
  private let fleet: Fleet
  private let index: Int
  /// The names of the parts that the next one says all of, and of those that nobody can read.
  private var superseded: Set<String> = []

  package init(_ store: any PartStore, fleet: Fleet, index: Int) {
    self.store = store
    self.fleet = fleet
    self.index = index
  }

  /// What earlier runs of the shard said, by instance. What is broken, contradictory or another fleet's says nothing.
  package mutating func read() throws -> [String: AssessmentRecord] {
    let files = try store.files(of: index)
    let digest = fleet.digest
    var own: [Part.File] = []
    for file in files {
      let part = try? Part(file)
      if let part, part.fleet != digest { continue }
      superseded.insert(file.name)
      if part != nil { own.append(file) }
    }
    let merged = PartsMerger(fleet, allowsMissing: true).merge(own)
    return merged.refusals.isEmpty ? merged.records : [:]
  }

  /// Writes what is known now.
  ///
  /// - Returns: The part's name.
  @discardableResult
  package mutating func write(_ records: [AssessmentRecord]) throws -> String {
    let file = Part(
      fleet: fleet.digest, index: index, version: fleet.version, catalog: fleet.catalog,
      records: records
    ).file
    try store.put(file, replacing: superseded)
    superseded = [file.name]
    return file.name
  }
}
