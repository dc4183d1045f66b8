package import Connectors
package import Posture

extension Observer {
  /// Tries an instance's credentials: reads one page of each collection, for one parent, and stores
  /// nothing.
  ///
  /// - Parameter needs: What its recommendations need; nil counts every collection as needed.
  package static func check(
    _ instance: Instance, connector: Connector, credentials: Credentials,
    needs: InstancePermissions?, options: ObserverOptions
  ) async -> CheckReport {
    do throws(Fault) {
      let conversation = try Conversation(
        instance, connector: connector, credentials: credentials, options: options)
      return await conversation.closing {
        let wanted = conversation.collections(options.collections)
        let probe = CollectionProbe(session: conversation.session, wanted: wanted)
        let collections = await probe.run().map { collection in
          var collection = collection
          collection.outcome = collection.outcome.telling(conversation.session.mask)
          collection.isNeeded = needs?.collections.contains(collection.name) ?? true
          return collection
        }
        let needed = needs?.grants ?? Set(wanted.flatMap { $0.scopes + $0.permissions })
        let grants = conversation.session.grants ?? []
        var report = CheckReport(
          instance: instance.name, failure: nil, collections: collections,
          surplus: grants.subtracting(needed).sorted())
        let mask = conversation.session.mask
        switch await conversation.session.place {
        case .asDeclared: break
        case .elsewhere(let home): report.elsewhere = mask.telling(home)
        case .unknown(let fault): report.unplaced = fault.of(mask.telling)
        }
        for authenticator in conversation.session.authenticators {
          if await authenticator.isForgetful { report.isForgetful = true }
        }
        return report
      }
    } catch {
      return CheckReport(
        instance: instance.name, failure: error.of(SecretGate.process.telling),
        collections: [], surplus: [])
    }
  }
}

/// Asks for the first page of each collection.
private struct CollectionProbe: Sendable {
  let session: Session
  let wanted: [Connector.Collection]

  func run() async -> [CheckReport.Collection] {
    await withTaskGroup(of: [CheckReport.Collection].self) { group in
      for collection in wanted where collection.forEach == nil {
        group.addTask { await probe(collection, parent: nil) }
      }
      var results: [CheckReport.Collection] = []
      for await part in group { results += part }
      return results.sorted { $0.name < $1.name }
    }
  }

  /// Tries a collection, then, with its first resource, those that are read for its resources.
  private func probe(
    _ collection: Connector.Collection, parent: ParentResource?
  ) async -> [CheckReport.Collection] {
    let children = wanted.filter { $0.forEach == collection.name }
    var results: [CheckReport.Collection] = []
    var first: [UInt8]?
    do throws(Fault) {
      var refusal: Fault?
      for request in collection.requests {
        let page = try await firstPage(request, of: collection, parent: parent)
        first = first ?? page.lines.first
        refusal = refusal ?? page.refusal
      }
      results.append(report(collection, refusal.map { .unreadable($0) } ?? .readable))
    } catch {
      let isGone = error.code == .gone && parent != nil
      results.append(report(collection, isGone ? .untried : .unreadable(error)))
    }
    for child in children {
      let places = Set(child.allRequests.flatMap(\.places))
      if let line = first,
        let parent = ParentResource(line, identity: collection.identity, places: places)
      {
        results += await probe(child, parent: parent)
      } else {
        results += untried(child)
      }
    }
    return results
  }

  private func firstPage(
    _ request: ConnectorRequest, of collection: Connector.Collection, parent: ParentResource?
  ) async throws(Fault) -> (lines: [[UInt8]], refusal: Fault?) {
    let reader = PageReader(session: session, collection: collection)
    let shaper = ItemShaper(
      reader: reader,
      writer: ResourceWriter(paths: [], mask: session.mask, keys: collection.shaping.keys))
    var lines: [[UInt8]] = []
    try await reader.read(request, { parent?.value($0) }, pageLimit: 1) {
      (page) throws(Fault) in
      // One item shows whether its details can be read.
      try await shaper.lines(.items(Array(page.items.prefix(1))), parent: parent) {
        lines += $0.each.map(Array.init)
      }
    }
    let unknown = reader.unknown.notes.first
    return (lines, shaper.losses.refusal ?? unknown)
  }

  private func untried(_ collection: Connector.Collection) -> [CheckReport.Collection] {
    [report(collection, .untried)]
      + wanted.filter { $0.forEach == collection.name }.flatMap(untried)
  }

  private func report(
    _ collection: Connector.Collection, _ outcome: CheckReport.Outcome
  ) -> CheckReport.Collection {
    CheckReport.Collection(
      name: collection.name, outcome: outcome, permissions: collection.permissions)
  }
}
