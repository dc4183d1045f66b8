internal import Git
package import Observation
package import Posture
package import Reports
internal import Text

/// What became of telling one channel.
package struct NotificationOutcome: Sendable {
  /// The channel's name.
  package let channel: String
  /// What receivers tell repetitions by.
  package let id: String
  /// How many notices there were.
  package let notices: Int
  /// How many of them an Alertmanager was not sent, because there were too many.
  package var unfiled = 0
  /// Why it was not told; nil where it was.
  package let failure: Fault?

  /// Whether somebody has to set a variable first: no later run will do better.
  package var isMisconfigured: Bool { failure?.code == .misconfigured }
}

extension Workspace {
  /// Tells the channels of the settings what a run recorded that had not been recorded before.
  ///
  /// A run that recorded nothing tells nothing: only transitions are told, and what is recorded is what they are told from.
  /// So a run that is killed between its commit and this is never told of: each transition is told once at the most.
  /// Nothing of it touches the report. Channels are told side by side.
  ///
  /// - Parameters:
  ///   - delivery: What an apply did.
  ///   - environment: Says where channels are: ``NotificationChannel``.
  ///   - options: How the network is reached; nothing is stored.
  /// - Returns: What became of each channel that had something to hear, in the order of settings.
  package func notify(
    of delivery: Delivery, environment: [String: String],
    options: ObserverOptions = ObserverOptions(store: nil)
  ) async -> [NotificationOutcome] {
    guard case .committed(let commit, _) = delivery.applied else { return [] }
    let messages = messages(of: delivery.outcome, commit: commit)
    return await Self.send(messages, environment: environment, options: options)
  }

  /// What channels would be told of a plan.
  ///
  /// - Parameter commit: Where its report is read; nil where it is not recorded.
  package func messages(of outcome: PlannedRun, commit: String? = nil) -> [NotificationMessage] {
    let settings = outcome.declared.state.settings
    if settings.notifications.isEmpty { return [] }
    let repository = try? Repository.open(path: request.location.repository)
    let name = request.remote?.name ?? "origin"
    let remote = repository?.remoteURL(name) ?? request.remote?.name
    return NotificationMessage.all(
      of: outcome.plan, settings: settings,
      links: SourceLinks(remote: remote, revision: commit))
  }

  /// Sends messages side by side.
  package static func send(
    _ messages: [NotificationMessage], environment: [String: String], options: ObserverOptions
  ) async -> [NotificationOutcome] {
    let sender = NotificationSender(options)
    return await messages.mappedSideBySide { message in
      await send(message, by: sender, environment: environment)
    }
  }

  private static func send(
    _ message: NotificationMessage, by sender: NotificationSender, environment: [String: String]
  ) async -> NotificationOutcome {
    func outcome(_ failure: Fault?, unfiled: Int = 0) -> NotificationOutcome {
      NotificationOutcome(
        channel: message.channel, id: message.id, notices: message.notices.count,
        unfiled: unfiled, failure: failure)
    }
    do throws(Fault) {
      let channel = try NotificationChannel(message.channel, environment: environment)
      if message.isEmpty(for: channel.form) { return outcome(nil) }
      let failure = await sender.send(id: message.id, to: channel) {
        message.body(channel.form, sentAt: $0)
      }
      return outcome(
        failure, unfiled: channel.form == .alertmanager ? message.unfiled : 0)
    } catch {
      return outcome(error)
    }
  }
}
