internal import Logging
package import Posture
internal import YAML

/// Reads an instance over its app's API and stores what it read.
package enum Observer {
  /// Observes one instance.
  ///
  /// What cannot be read is said in the report, not thrown; when nothing can, the stored observation
  /// stays as it was.
  package static func observe(
    _ instance: Instance, connector: Connector, credentials: Credentials, options: ObserverOptions
  ) async -> ObservationReport {
    let began = options.pace.now
    var tally = RequestTally()
    do throws(ObservationFault) {
      let conversation = try Conversation(
        instance, connector: connector, credentials: credentials, options: options)
      tally = conversation.session.runner.tally
      let result = await conversation.closing {
        () async -> Result<[CollectionResult], ObservationFault> in
        do throws(ObservationFault) {
          return .success(try await store(instance, conversation, options))
        } catch {
          return .failure(error)
        }
      }
      return await report(
        instance, .stored(observedAt: conversation.observedAt), try result.get(), tally, began,
        options)
    } catch {
      return await report(
        instance, .failed(reason: SecretGate.process.telling(error.message)), [], tally, began,
        options)
    }
  }

  private static func report(
    _ instance: Instance, _ outcome: ObservationReport.Outcome, _ collections: [CollectionResult],
    _ tally: RequestTally, _ began: Double, _ options: ObserverOptions
  ) async -> ObservationReport {
    ObservationReport(
      instance: instance.name, outcome: outcome, collections: collections,
      requests: await tally.requests, bytes: await tally.bytes, waits: await tally.waits,
      duration: options.pace.now - began)
  }

  private static func store(
    _ instance: Instance, _ conversation: Conversation, _ options: ObserverOptions
  ) async throws(ObservationFault) -> [CollectionResult] {
    guard let store = options.store else {
      throw ObservationFault("there is no place to keep observations in; name one with --store")
    }
    let draft = try ObservationDraft(in: store, instance: instance.name)
    let results = await read(instance, conversation, draft, options)
    do throws(ObservationFault) {
      guard !Task.isCancelled else { throw ObservationFault("cancelled") }
      // Losing sight of a tenant is no observation of it.
      guard results.contains(where: { $0.state == .complete || $0.state == .partial }) else {
        throw ObservationFault(reason(of: results))
      }
      let manifest = ObservationManifest(
        app: instance.app.value, observedAt: conversation.observedAt,
        connectorDigest: conversation.session.connector.digest,
        origin: ObservationOrigin(instance, connector: conversation.session.connector),
        collections: results)
      try draft.commit(manifest: manifest.bytes)
      return results
    } catch {
      draft.discard()
      throw error
    }
  }

  private static func read(
    _ instance: Instance, _ conversation: Conversation, _ draft: ObservationDraft,
    _ options: ObserverOptions
  ) async -> [CollectionResult] {
    let wanted = conversation.collections(options.collections)
    let report: @Sendable (ObservationProgress.Event) -> Void = { event in
      options.progress(
        ObservationProgress(instance: instance.name, collections: wanted.count, event: event))
    }
    report(.began)
    let collector = InstanceCollector(
      session: conversation.session, draft: draft,
      storage: StorageQuota(
        "an instance", limit: options.limits.storedSize, within: options.storage),
      wanted: wanted, report: report,
      log: conversation.log)
    return await collector.collect().map { $0.telling(conversation.session.mask) }
  }

  /// The reason that most collections give.
  private static func reason(of results: [CollectionResult]) -> String {
    let reasons = results.compactMap(\.reason)
    let counts = Dictionary(grouping: reasons) { $0 }.mapValues(\.count)
    let first = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    return first ?? "the connector reads no collections"
  }
}
