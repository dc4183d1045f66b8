internal import CEL
internal import JSON

/// The recommendations about one collection on their way through its resources: in batches where batches know their
/// conditions, one by one where not.
final class CollectionPass: ResourceJudge {
  /// One for each recommendation.
  let runs: [RecommendationRun]
  /// What the resources belong to, by identity.
  private let owners: [ExactText: JSONView]
  private let batch: BatchProgram?
  private var batched: [BatchedRun] = []
  private var single: [RecommendationRun] = []
  /// How the resource of each row is named: once for all where they say it themselves.
  // Unchecked, as the others: judging calls nothing that could reach the pass again.
  @exclusivity(unchecked) private var namings: [ObservedResource.Naming] = []
  /// The place of each row in the collection.
  @exclusivity(unchecked) private var places: [Int] = []
  /// What identifies the resources, where it stands in them.
  @exclusivity(unchecked) private var identity: JSONColumn?
  /// What says that something identifies them, where it does not.
  private let named = JSONColumn()

  /// - Parameter owners: What the resources belong to, by identity; empty where nothing reads it.
  init(_ runs: [RecommendationRun], owners: [ExactText: JSONView] = [:], inBatches: Bool) {
    self.runs = runs
    self.owners = owners
    guard inBatches, let scope = runs.first?.compiled.scope else {
      batch = nil
      single = runs
      return
    }
    let batch = BatchProgram(over: scope.resource, parent: scope.parent)
    for run in runs {
      if let known = BatchedRun(run, in: batch) {
        batched.append(known)
      } else {
        single.append(run)
      }
    }
    self.batch = batched.isEmpty ? nil : batch
    if owners.isEmpty { batch.parents.leaveEmpty() }
  }

  /// The recommendations whose conditions batches know, by name: how far, and what is evaluated row by row.
  var reaches: [String: (reach: BatchCondition.Reach, rowByRow: [String])] {
    Dictionary(
      batched.map { ($0.run.compiled.recommendation.name, ($0.reach, $0.rowByRow)) }
    ) { first, _ in first }
  }

  /// Judges a resource, or keeps it until the batch is full.
  func take(_ resource: ObservedResource, place: Int) {
    let parent = owners.isEmpty ? nil : resource.parent.flatMap { owners[ExactText($0)] }
    for run in single { run.judge(resource, parent: parent, ordinal: place) }
    guard let batch else { return }
    let row = batch.rows.count
    if row == 0, identity == nil, let path = resource.field { identity = batch.column(path) }
    places.append(place)
    batch.rows.append(resource.view)
    if !owners.isEmpty { batch.parents.append(parent) }
    if identity == nil {
      named.set(row, resource.id == nil ? .null : .int)
      namings.append(resource.naming)
    } else if row == 0 {
      namings.append(resource.naming)
    }
    if batch.rows.isFull { finish() }
  }

  /// Judges what waits.
  func finish() {
    guard let batch, batch.rows.count > 0 else { return }
    batch.run()
    let rows = batch.rows.count
    let least = identity?.least(limit: Evaluator.Bounds.identity, rows: rows)
    for run in batched {
      run.take(rows: rows, identity: identity ?? named, least: least) { run, row, known in
        guard let view = batch.rows.view(row) else { return }
        let resource = ObservedResource(
          namings[identity == nil ? row : 0], view: view, isTransient: true)
        run.judge(resource, parent: batch.parents.view(row), ordinal: places[row], known: known)
      }
    }
    namings.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    batch.rows.removeAll()
    batch.parents.removeAll()
  }
}
