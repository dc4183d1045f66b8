#if Service
internal import ArgumentParser
private import Foundation
internal import Logging
internal import Observation
internal import Reconciler
internal import Service
internal import YAML

/// How often the controller asks whom.
struct ControllerTiming: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The time from one observation of an instance to the next; half of its maxAge where that is less.",
      valueName: "time"))
  var interval = TimeOption(seconds: 6 * 3_600)

  @Option(
    help: ArgumentHelp(
      "By how much of the interval, in per cent, each observation comes earlier or later.",
      valueName: "percent"))
  var jitter = 10

  @Option(
    help: ArgumentHelp("The least interval, whatever maxAge says.", valueName: "time"))
  var minInterval = TimeOption(seconds: 300)

  @Option(
    help: ArgumentHelp(
      "The time from one question to the remote to the next, moved by a tenth either way.",
      valueName: "time"))
  var poll = TimeOption(seconds: 300)

  @Option(
    help: ArgumentHelp(
      "How long hooks are collected before the remote is asked.", valueName: "time"))
  var debounce = TimeOption(seconds: 5)

  @Option(
    help: ArgumentHelp("How many instances are observed at once.", valueName: "number"))
  var concurrency = 8

  @Option(
    help: ArgumentHelp(
      "How long running observations may take when the controller is to end.", valueName: "time"))
  var gracefulTimeout = TimeOption(seconds: 30)

  func validate() throws {
    guard interval.span.seconds > 0, minInterval.span.seconds > 0, poll.span.seconds > 0 else {
      throw ValidationError("--interval, --min-interval and --poll want a second at least.")
    }
    guard (0...50).contains(jitter) else {
      throw ValidationError("--jitter wants per cent, from 0 to 50.")
    }
    guard (1...64).contains(concurrency) else {
      throw ValidationError("--concurrency wants a number from 1 to 64.")
    }
  }

  func settings() throws -> Controller.Settings {
    var settings = Controller.Settings()
    settings.rhythm = ObservationRhythm(
      interval: interval.span.seconds, jitter: Double(jitter) / 100,
      floor: minInterval.span.seconds)
    settings.poll = poll.seconds
    settings.width = concurrency
    settings.grace = gracefulTimeout.seconds
    return settings
  }
}

/// Where the controller listens.
struct ControllerListening: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where /healthz, /readyz and /metrics are answered, without asking who asks; port 0 has the system choose one.",
      valueName: "host:port"))
  var admin = "127.0.0.1:9440"

  @Option(
    help: ArgumentHelp(
      "Where git hosts ring /hooks/git; nowhere by default.", valueName: "host:port"))
  var listen: String?

  @Option(
    help: ArgumentHelp(
      "A file that holds the hooks' secret, in place of \(HookSecret.variable); only its owner may read it.",
      valueName: "file"))
  var hookSecretFile: String?

  func validate() throws {
    for (option, text) in [("--admin", admin as String?), ("--listen", listen)] {
      guard let text, ListenAddress(text) == nil else { continue }
      throw ValidationError(
        "\(option) wants HOST:PORT, such as 127.0.0.1:9440 or [::1]:9440, not '\(text)'.")
    }
    guard listen != nil || hookSecretFile == nil else {
      throw ValidationError("--hook-secret-file proves what comes to --listen: add --listen.")
    }
  }

  func servers(
    _ controller: Controller, bell: Bell, logger: Logger
  ) throws -> [WebServer] {
    func server(_ name: String, _ text: String) throws -> (ListenAddress, @Sendable (Int) -> Void) {
      guard let address = ListenAddress(text) else {
        throw Failure("'\(text)' is no address to listen at")
      }
      return (
        address,
        {
          logger.info(
            "listening", metadata: ["for": "\(name)", "host": "\(address.host)", "port": "\($0)"])
        }
      )
    }
    // What the listeners themselves have to say is no event of the controller's.
    var quiet = logger
    quiet.logLevel = max(logger.logLevel, .warning)
    let (adminAddress, adminRuns) = try server("admin", admin)
    let routes = AdminRoutes.router(
      isAlive: { await controller.isAlive }, isReady: { await controller.isReady },
      metrics: { await controller.metrics(version: Plumb.version) })
    var servers: [WebServer] = [
      WebServer(at: adminAddress, logger: quiet, router: routes, running: adminRuns)
    ]
    guard let listen else { return servers }
    let (address, runs) = try server("hooks", listen)
    guard let secret = try HookSecret.given(file: hookSecretFile) else {
      throw Failure(
        "hooks are proven by a secret: set \(HookSecret.variable), or name a file with --hook-secret-file; 'openssl rand -hex 32' makes one"
      )
    }
    let router = GitHook.router()
    GitHook(
      secret: secret, branch: { await controller.branch }, ring: { await bell.ring() },
      audit: logger
    ).add(to: router)
    servers.append(WebServer(at: address, logger: quiet, router: router, running: runs))
    return servers
  }
}
#endif
