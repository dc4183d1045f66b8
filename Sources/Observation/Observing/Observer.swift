package import Connectors
internal import Logging
package import Posture
internal import YAML

/// Reads an instance over its app's API and stores what it read.
package enum Observer {
  /// Observes one instance.
  ///
  /// The report says what could not be read; nothing is thrown. When nothing could, the stored
  /// observation stays as it was.
  package static func observe(
    _ instance: Instance, connector: Connector, credentials: Credentials, options: ObserverOptions
  ) async -> ObservationReport {
    await OwnFaults.about(instance.name) {
      await observed(instance, connector: connector, credentials: credentials, options: options)
    }
  }

  private static func observed(
    _ instance: Instance, connector: Connector, credentials: Credentials, options: ObserverOptions
  ) async -> ObservationReport {
    let began = options.pace.now
    var tally = RequestTally()
    do throws(Fault) {
      if let failure = OwnFaults.failure(of: instance.name) {
        throw failure
      }
      let conversation = try Conversation(
        instance, connector: connector, credentials: credentials, options: options)
      tally = conversation.session.runner.tally
      let result = await conversation.closing {
        () async -> Result<[CollectionResult], Fault> in
        do throws(Fault) {
          return .success(try await store(instance, conversation, options))
        } catch {
          // What a conversation says passes its own gate, which knows all that it was told.
          return .failure(error.of(conversation.session.mask.telling))
        }
      }
      return report(
        instance, .stored(observedAt: conversation.observedAt), try result.get(), tally, began,
        options)
    } catch {
      let failure = error.of(SecretGate.process.telling)
      if failure.code != .busy, !Task.isCancelled {
        options.note(failure, of: ObservationOrigin(instance, connector: connector))
      }
      return report(instance, .failed(failure), [], tally, began, options)
    }
  }

  private static func report(
    _ instance: Instance, _ outcome: ObservationReport.Outcome, _ collections: [CollectionResult],
    _ tally: RequestTally, _ began: Double, _ options: ObserverOptions
  ) -> ObservationReport {
    let counts = tally.counts
    return ObservationReport(
      instance: instance.name, outcome: outcome, collections: collections,
      requests: counts.requests, bytes: counts.bytes, waits: counts.waits,
      duration: options.pace.now - began, opening: counts.opening)
  }

  private static func store(
    _ instance: Instance, _ conversation: Conversation, _ options: ObserverOptions
  ) async throws(Fault) -> [CollectionResult] {
    guard let store = options.store else {
      throw Fault(
        .misconfigured, "there is no place to keep observations in; name one with --store")
    }
    let draft = try ObservationDraft(in: store, instance: instance.name)
    let results = await read(instance, conversation, draft, options)
    do throws(Fault) {
      guard !Task.isCancelled else { throw Fault(.cancelled, "cancelled") }
      if let spent = conversation.session.spent {
        throw spent
      }
      // Losing sight of a tenant is no observation of it, and what the manifest itself says of a
      // collection was not seen in the tenant.
      let asked = Set(
        conversation.session.connector.collections.filter { !$0.requests.isEmpty }.map(\.name))
      guard results.contains(where: { $0.state == .complete && asked.contains($0.name) }) else {
        throw Self.fault(of: results.filter { asked.contains($0.name) })
      }
      let manifest = ObservationManifest(
        app: instance.app.value, observedAt: conversation.observedAt,
        connectorDigest: conversation.session.connector.digest,
        origin: ObservationOrigin(instance, connector: conversation.session.connector),
        collections: results, requests: conversation.session.runner.tally.counts.answers)
      try await draft.commit(manifest: manifest.bytes)
      store.forgetFailure(of: instance.name)
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

  /// The reason that most collections give; but where credentials were refused, that is every
  /// collection's reason, whatever was asked for before.
  private static func fault(of results: [CollectionResult]) -> Fault {
    let faults = results.compactMap(\.fault)
    let refused = faults.filter { $0.code == .refusedCredentials }
    return (refused.isEmpty ? faults : refused).mostFrequent
      ?? Fault(.misconfigured, "the connector reads no collections")
  }
}

extension [Fault] {
  /// The fault that occurs most often, of equals the first in the order of details; nil where there
  /// are none.
  var mostFrequent: Fault? {
    Dictionary(grouping: self, by: \.detail)
      .max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.value.first
  }
}
