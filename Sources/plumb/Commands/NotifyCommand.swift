internal import ArgumentParser
private import Foundation
internal import Observation
internal import Posture
internal import Reconciler
internal import Reports
internal import YAML

/// `plumb notify`
struct NotifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notify",
    abstract: "Try the channels that 'apply --notify' tells.",
    discussion: """
      The Settings say what is told to whom by name:

        notifications: [{ to: security, on: [regressed, suspect], minImpact: high }]

      The environment says where a channel is, so that a pull request never chooses where data goes:

        PLUMB_NOTIFY_SECURITY_URL     the address: https, or http on this machine
        PLUMB_NOTIFY_SECURITY_KIND    webhook (the default), slack, teams or alertmanager
        PLUMB_NOTIFY_SECURITY_SECRET  of a webhook, what it is signed with; of an Alertmanager, user:password or a token

      Examples:

      plumb notify test security
      plumb notify preview --format slack
      """,
    subcommands: [NotifyTestCommand.self, NotifyPreviewCommand.self])
}

/// `plumb notify test`
struct NotifyTestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Send a test message to a channel.",
    discussion: """
      Reads no desired state: what the environment says of the channel is tried. An Alertmanager gets an alert \
      named PlumbTest, which ends by itself after a day.

      Examples:

      plumb notify test security
      """)

  @Argument(help: "The channel's name.")
  var channel: String

  @OptionGroup(title: "Connection") var connection: ConnectionOptions
  @OptionGroup(title: "Output") var display: DisplayOptions

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let message = NotificationMessage.test(
      channel, at: Instant(secondsSince1970: Int(Date().timeIntervalSince1970)))
    let outcomes = await Workspace.send(
      [message], environment: environment,
      options: try connection.observerOptions(store: nil, display: display, tells: false))
    var ending = Ending()
    for outcome in outcomes {
      guard let failure = outcome.failure else {
        if !display.quiet { Console.note("'\(channel)' took the message.") }
        continue
      }
      ending.fail(Escaping.terminal("'\(channel)' was not notified: \(failure.detail)"))
    }
    try ending.end()
  }
}

/// `plumb notify preview`
struct NotifyPreviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Print what 'apply --notify' would send now, and send nothing.",
    discussion: """
      Makes a plan of what is stored, as 'plumb plan --no-refresh' does, and prints one message to a line, in the form \
      of each channel's kind; without its variables, as a webhook's. Links to the report come with its commit.

      Examples:

      plumb notify preview
      plumb notify preview --format slack --channel security
      """)

  @Option(
    help: ArgumentHelp(
      "The form: webhook, slack, teams or alertmanager (default: what the channel's variables say).",
      valueName: "form"))
  var format: Settings.NotificationForm?

  @Option(
    help: ArgumentHelp("Only the message of this channel; repeatable.", valueName: "name"))
  var channel: [String] = []

  @OptionGroup(title: "Desired state") var repository: RepositoryOptions
  @OptionGroup(title: "Observations") var observation: ObservationOptions
  @OptionGroup(title: "Output") var display: DisplayOptions

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let workspace = Workspace(try observation.request(repository))
    let outcome = try await workspace.plan()
    if !display.quiet {
      try repository.noteUncommitted()
      for warning in outcome.warnings { Console.note(warning.description) }
    }
    let messages = await workspace.messages(of: outcome).filter {
      channel.isEmpty || channel.contains($0.channel)
    }
    if messages.isEmpty, !display.quiet { Console.note("There is nothing to tell.") }
    let now = Instant(secondsSince1970: Int(Date().timeIntervalSince1970))
    for message in messages {
      let known = try? NotificationChannel(message.channel, environment: environment)
      let form = format ?? known?.form ?? .webhook
      if message.isEmpty(for: form) { continue }
      Console.print(
        SecretGate.process.passing(message.body(form, sentAt: now)))
    }
  }
}

extension Settings.NotificationForm: ExpressibleByArgument {}
