private import Foundation
package import Observation
package import Posture
internal import Reports
internal import YAML

/// The controller's work in a repository: the same steps as those of `observe` and `apply --push`.
package struct WorkspaceWork: ControllerWork {
  private let remote: FollowedRemote
  private let options: ObserverOptions
  private let credentials: @Sendable () throws -> CredentialSource
  private let credentialsFile: String?
  private let environment: [String: String]
  private let version: String

  /// - Parameters:
  ///   - options: Its store is where observations are kept.
  ///   - credentials: Asked before each observation: a file may have changed, and kept tokens have.
  ///   - credentialsFile: Whose changes let stalled instances be tried again; nil for none.
  package init(
    _ remote: FollowedRemote, options: ObserverOptions,
    credentials: @escaping @Sendable () throws -> CredentialSource, credentialsFile: String?,
    environment: [String: String], version: String
  ) {
    self.remote = remote
    self.options = options
    self.credentials = credentials
    self.credentialsFile = credentialsFile
    self.environment = environment
    self.version = version
  }

  package func fetch() async throws -> FollowedState {
    let fetched = try remote.fetch()
    let declared = try DeclaredState(fetched.location)
    if declared.diagnostics.hasErrors {
      throw ReconcileError.invalidDesiredState(declared.diagnostics.all)
    }
    return FollowedState(
      declared.state, revision: fetched.location.revision, fetched: fetched)
  }

  package func stored(
    _ instance: Instance, of state: FollowedState
  ) async -> ControlTable.Stored {
    var stored = ControlTable.Stored()
    guard let source = instance.api, let origin = state.state.origin(of: instance) else {
      return stored
    }
    let now = Instant(seconds: options.pace.now)
    let opened = Readings.open(
      source, of: instance, in: state.state, files: NoFiles(), stored: options.store, clock: now)
    if case .success(let reading) = opened { stored.observedAt = reading.summary.observedAt }
    stored.attempt = options.store?.failedAttempt(of: origin).flatMap { attempt in
      stored.observedAt.map { attempt.at >= $0 } ?? true ? attempt : nil
    }
    return stored
  }

  package func observe(_ instance: String, of state: FollowedState) async -> ObservationReport {
    do {
      guard
        let target = try ObservationTarget.named(
          instance, in: state.state, credentials: credentials())
      else {
        return ObservationReport(
          instance, failed: Fault(.misconfigured, "no instance of this name is read over an API"))
      }
      if let ways = target.missingCredentials {
        let text = ways.map { $0.joined(separator: " and ") }.joined(separator: ", or ")
        let fault = Fault(.noCredentials, "set \(text)")
        options.note(fault, of: target.origin)
        return ObservationReport(instance, failed: fault)
      }
      // What a run may store is each observation's own here: the controller has no last run.
      var options = options
      options.storage = StorageQuota("a run", limit: ObservationLimits.runSize)
      let reports = await Observer.observe([target], options: options)
      return reports[0]
    } catch let fault as Fault {
      return ObservationReport(instance, failed: fault)
    } catch {
      return ObservationReport(instance, failed: Fault(.misconfigured, "\(error)"))
    }
  }

  package func apply(_ state: FollowedState) async throws -> ControllerOutcome {
    guard let fetched = state.fetched else { return ControllerOutcome() }
    var request = PlanRequest(
      fetched.location, store: options.store, now: Instant(seconds: options.pace.now))
    request.remote = fetched.remote
    let workspace = Workspace(request)
    let delivery = try await workspace.apply(
      identity: environment, version: version, approve: { _ in })
    // Channels hold no observations.
    var options = options
    options.store = nil
    let told = await workspace.notify(of: delivery, environment: environment, options: options)
    let plan = delivery.outcome.plan
    var suspects: [String: (code: String, text: String)] = [:]
    for instance in plan.instances {
      guard let reason = instance.staleReason, reason.suspicion != nil else { continue }
      suspects[instance.name] = (reason.code.rawValue, Phrases.text(of: reason))
    }
    var (commit, unpushed): (String?, String?) = (nil, nil)
    if case .committed(let id, _) = delivery.applied { commit = id }
    if case .failed(let reason)? = delivery.push { unpushed = reason }
    return ControllerOutcome(
      delivery: delivery, commit: commit, unpushed: unpushed, suspects: suspects,
      changes: plan.changes.count, told: told)
  }

  package func credentialsMark() async -> String? {
    guard let credentialsFile,
      let attributes = try? FileManager.default.attributesOfItem(
        atPath: URL(fileURLWithPath: credentialsFile).resolvingSymlinksInPath().path)
    else { return nil }
    let time = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970
    return
      "\(time ?? 0) \(attributes[.size] ?? 0) \(attributes[.systemFileNumber] ?? 0)"
  }
}
