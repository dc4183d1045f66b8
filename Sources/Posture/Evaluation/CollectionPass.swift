internal import CEL
internal import JSON

/// The recommendations about one collection on their way through its resources: in batches where batches know their
/// conditions, one by one where not.
final class CollectionPass {
  private let batch: BatchProgram?
  private var batched: [BatchedRun] = []
  private var single: [RecommendationRun] = []
  /// How the resource of each row is named: once for all where they say it themselves.
  // Unchecked, as the others: judging calls nothing that could reach the pass again.
  @exclusivity(unchecked) private var namings: [ObservedResource.Naming] = []
  /// The place of the first row in the collection.
  @exclusivity(unchecked) private var first = 0
  /// What identifies the resources, where it stands in them.
  @exclusivity(unchecked) private var identity: JSONColumn?
  /// What says that something identifies them, where it does not.
  private let named = JSONColumn()

  init(_ runs: [RecommendationRun], inBatches: Bool) {
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
  }

  /// The recommendations that are judged one by one, whatever the resources hold, by name.
  var unbatched: [String] { single.map(\.compiled.recommendation.name) }

  /// Judges a resource, or keeps it until the batch is full.
  func take(_ resource: ObservedResource, parent: JSONView?, ordinal: Int) {
    for run in single { run.judge(resource, parent: parent, ordinal: ordinal) }
    guard let batch else { return }
    let row = batch.rows.count
    if row == 0 {
      first = ordinal
      if identity == nil, let path = resource.field { identity = batch.column(path) }
    }
    batch.rows.append(resource.view)
    batch.parents.append(parent)
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
    for run in batched {
      run.take(rows: batch.rows.count, identity: identity ?? named) { run, row in
        guard let view = batch.rows.views[row] else { return }
        let resource = ObservedResource(
          namings[identity == nil ? row : 0], view: view, isTransient: true)
        run.judge(resource, parent: batch.parents.views[row], ordinal: first + row)
      }
    }
    namings.removeAll(keepingCapacity: true)
    batch.rows.removeAll()
    batch.parents.removeAll()
  }
}
