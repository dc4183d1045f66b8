#if Service
internal import ArgumentParser
private import Foundation
internal import Logging
internal import Observation
internal import Posture
internal import Reconciler
internal import Service

/// `plumb controller`
struct ControllerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "controller",
    abstract: "Keep the reports true: observe, plan, apply and push, again and again.",
    discussion: """
      Follows a remote: fetches its desired state, observes each instance when it is due, and records and pushes what \
      changed, as 'plumb apply --push' does. Nothing changed: no commit. It runs until SIGTERM or SIGINT, which let running \
      observations end for --graceful-timeout seconds.

      How often tenants are asked is said here alone: no change of desired state buys a storm of requests. What a vendor \
      asks for is obeyed; refused credentials are not tried again before the next interval, or before the file of \
      --credentials changes.

      --admin answers /healthz, /readyz and /metrics, to whoever reaches it. With --listen, a git host rings \
      /hooks/git at each push; what it sends is proven by the secret in \(HookSecret.variable) or --hook-secret-file, and is a \
      hint to ask the remote, no more.

      Examples:

      plumb controller --repo https://git.contoso.example/security/posture.git
      plumb controller --repo https://git.contoso.example/security/posture.git --credentials credentials.yaml --interval 1h
      plumb controller --repo https://git.contoso.example/security/posture.git --listen 0.0.0.0:8080 --log json
      """)

  @Option(
    help: ArgumentHelp(
      "The remote whose desired state is followed, and to which reports are pushed: a URL.",
      valueName: "url"))
  var repo: String

  @Option(
    help: ArgumentHelp(
      "The branch that is followed (default: the one that the remote's HEAD names).",
      valueName: "name"))
  var branch: String?

  @Option(
    help: ArgumentHelp(
      "The folder of desired state, relative to the repository's root.", valueName: "folder"))
  var path = "desired-state"

  @OptionGroup(title: "When") var timing: ControllerTiming
  @OptionGroup(title: "Listening") var listening: ControllerListening

  @Option(help: "The form of the log, which goes to standard error.")
  var log = LogForm.text

  @OptionGroup(title: "Observations") var storage: StorageOptions
  @OptionGroup(title: "Observing") var connection: ConnectionOptions
  @OptionGroup var display: DisplayOptions

  enum LogForm: String, ExpressibleByArgument, CaseIterable { case text, json }

  func validate() throws {
    guard RepositoryOptions.isRemote(repo) else {
      throw ValidationError(
        "--repo wants the URL of a remote, not '\(repo)': the controller follows what everybody shares. For a folder on this machine, write file:///…"
      )
    }
  }

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let logger = logger()
    let remote = FollowedRemote(repo, path: path, branch: branch, environment: environment)
    // A remote that cannot be had is told at once, whatever comes later is tried again.
    let copy = try remote.fetch().location.repository
    guard
      let store = try StorePlace.store(storage.store, repository: copy, environment: environment)
    else {
      throw Failure("there is no HOME to keep observations in; name a folder with --store")
    }
    let hold = try ControllerHold(store)
    defer { withExtendedLifetime(hold) {} }
    let connection = connection
    let credentials: @Sendable () throws -> CredentialSource = { try connection.source(in: copy) }
    // Asked once before anything begins: a file that cannot be read is told at once too.
    _ = try credentials()
    var options = try connection.observerOptions(store: store, display: display)
    if display.verbose { options.log = logger }
    let work = WorkspaceWork(
      remote, options: options, credentials: credentials,
      credentialsFile: connection.credentials, environment: environment, version: Plumb.version)
    let controller = Controller(try timing.settings(), work: work, log: logger)
    let bell = Bell(quiet: timing.debounce.seconds)
    let listeners = try listening.servers(controller, bell: bell, logger: logger)
    logger.info(
      "controller", metadata: ["version": "\(Plumb.version)", "remote": "\(remote.label)"])
    do {
      try await ServiceRun.run(
        listeners, ControllerService(controller, bell: bell), logger: quiet(logger))
    } catch {
      throw Failure(
        "it cannot go on: \(error); is another process listening there? --admin and --listen choose another port"
      )
    }
  }

  /// What the libraries have to say of a regular end is no event of the controller's.
  private func quiet(_ logger: Logger) -> Logger {
    var logger = logger
    logger.logLevel = max(logger.logLevel, .error)
    return logger
  }

  private func logger() -> Logger {
    let level: Logger.Level = display.verbose ? .debug : display.quiet ? .warning : .info
    return Logger(label: "plumb.controller") { [log] _ in
      switch log {
      case .text: ConsoleLog(logLevel: level)
      case .json: JSONLog(logLevel: level)
      }
    }
  }
}
#endif
