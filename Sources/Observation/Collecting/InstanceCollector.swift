internal import Connectors
internal import Logging
internal import Posture

/// Reads all collections of an instance; those that belong to other resources come after these. One
/// that fails does not stop the rest.
struct InstanceCollector: Sendable {
  let session: Session
  let draft: ObservationDraft
  let storage: StorageQuota
  let wanted: [Connector.Collection]
  let report: @Sendable (ObservationProgress.Event) -> Void
  let log: Logger

  func collect() async -> [CollectionResult] {
    await withTaskGroup(of: (Connector.Collection, CollectionCollector.Collected).self) { group in
      var results: [CollectionResult] = []
      func start(
        _ collection: Connector.Collection, parents: [ParentResource]?, obstacle: Fault?
      ) {
        group.addTask {
          (collection, await collect(collection, parents: parents, obstacle: obstacle))
        }
      }
      for collection in wanted where collection.forEach == nil {
        start(collection, parents: nil, obstacle: nil)
      }
      for await (collection, outcome) in group {
        let result = outcome.result
        results.append(result)
        report(.finished(result))
        log.info(
          "collection",
          metadata: [
            "name": "\(result.name)", "state": "\(result.state.rawValue)",
            "count": "\(result.count)", "reason": "\(result.fault?.detail ?? "")",
          ])
        for child in wanted where child.forEach == collection.name {
          if result.count == 0, result.state != .complete {
            for inherited in withDescendants(child) {
              let result = CollectionResult(
                name: inherited.name, state: result.state == .denied ? .denied : .failed, count: 0,
                fault: result.fault?.of { "\(collection.name) could not be read: \($0)" })
              results.append(result)
              report(.finished(result))
            }
          } else {
            let chosen = ParentChoice(of: outcome.parents, for: child)
            let obstacles = [
              result.state == .complete
                ? nil : result.fault?.of { "\(collection.name) is incomplete: \($0)" },
              chosen.obstacle,
            ].compactMap(\.self)
            start(
              child, parents: chosen.parents,
              obstacle: Fault(joining: obstacles))
          }
        }
      }
      return results.sorted { $0.name < $1.name }
    }
  }

  private func withDescendants(_ collection: Connector.Collection) -> [Connector.Collection] {
    [collection]
      + wanted.filter { $0.forEach == collection.name }.flatMap { withDescendants($0) }
  }

  private func collect(
    _ collection: Connector.Collection, parents: [ParentResource]?, obstacle: Fault?
  ) async -> CollectionCollector.Collected {
    let name = collection.name
    let children = wanted.filter { $0.forEach == name }
    let places = Set(
      children.flatMap { child in
        child.allRequests.flatMap(\.places) + child.parentFilter.map { "parent.\($0.name)" }
      }.filter { $0.hasPrefix("parent.") })
    do throws(Fault) {
      let collector = CollectionCollector(
        shaper: ItemShaper(
          reader: PageReader(session: session, collection: collection),
          writer: ResourceWriter(
            paths: session.connector.redaction + collection.redaction, mask: session.mask,
            keys: collection.shaping.keys)),
        file: try draft.file(for: name),
        storage: StorageQuota(
          "a collection", limit: session.runner.limits.collectionSize, within: storage),
        placesOfChildren: children.isEmpty ? nil : places,
        advance: { report(.advanced(collection: name, resources: $0)) })
      return await collector.collect(for: parents, obstacle: obstacle)
    } catch {
      return CollectionCollector.Collected(
        result: CollectionResult(name: name, state: .failed, count: 0, fault: error),
        parents: [])
    }
  }
}
