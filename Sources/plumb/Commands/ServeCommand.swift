#if Service
internal import ArgumentParser
private import Foundation
internal import Logging
internal import Observation
internal import Posture
internal import Reconciler
internal import Reports
internal import Service

/// `plumb serve`
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Show what is recorded as pages, live, and as an interface for programs.",
    discussion: """
      It reads the reports branch of a repository or a remote, and holds no credential of a tenant. The \
      pages are those of 'plumb site'; every filter works without JavaScript too. /api/v1/openapi.json \
      describes the interface, in which nothing can be changed.

      The pages list weaknesses, and name people and accounts. Without --auth only this machine can look.

      Each access is a line of JSON on standard output: who, what, with which answer, from where. A hook \
      of the git host at /hooks/git (its secret in PLUMB_HOOK_SECRET) saves the wait for --interval.

      Examples:

      plumb serve
      plumb serve --repo https://git.example/posture.git --listen 0.0.0.0:8080 --auth token --tokens tokens
      plumb serve --listen unix:/run/plumb/serve.sock --auth proxy-header --only team=emea
      """)

  @Option(
    help: ArgumentHelp("Where pages and interface are, or unix:FILE.", valueName: "host:port"))
  var listen = "127.0.0.1:8080"

  @Option(
    help: ArgumentHelp(
      "Where /healthz, /readyz and /metrics are, which nobody proves anything for; none for nowhere.",
      valueName: "host:port"))
  var admin = "127.0.0.1:9441"

  @Option(
    help: ArgumentHelp(
      "Look at the branch so often: 30s, 5m, 1h; each time a tenth sooner or later.",
      valueName: "time"))
  var interval = TimeOption(seconds: 60)

  @Option(
    help: ArgumentHelp(
      "Tell of instances with this label only, as if there were no others: pages, scores, history and interface; values of one key are alternatives; repeatable.",
      valueName: "key=value"))
  var only: [String] = []

  @Option(
    help: ArgumentHelp("Append the lines of accesses to this file.", valueName: "file"))
  var accessLog: String?

  @Flag(
    help: "Tell browsers to come by TLS alone (HSTS): for a proxy in front that does TLS.")
  var hsts = false

  @OptionGroup(title: "Visitors") var visitors: VisitorOptions
  @OptionGroup(title: "Desired state") var repository: RepositoryOptions
  @OptionGroup(title: "Pages") var page: PageOptions

  func validate() throws {
    try visitors.check(try place())
    _ = try adminAddress()
    guard (1...86_400).contains(interval.seconds) else {
      throw ValidationError(
        "--interval wants a time from 1s to 24h such as 30s, 5m or 1h, not '\(interval)'.")
    }
    _ = try selection()
    guard !repository.workingTree else {
      throw ValidationError("reports are read of commits: leave out --working-tree.")
    }
  }

  func run() async throws {
    let place = try place()
    let (authentication, alongside) = try await visitors.authentication(at: place)
    var configuration = PageServer.Configuration(
      source: source(), listen: place, admin: try adminAddress(), authentication: authentication,
      interval: interval.seconds, hookSecret: try HookSecret.given(), isBehindTLS: hsts)
    configuration.source.selection = try selection()
    configuration.alongside = alongside
    configuration.source.isRemote = RepositoryOptions.isRemote(repository.repo)
    try removeSocket(at: place)
    let log = try AccessLog(appending: accessLog)
    let logger = Logger(label: "plumb.serve") { _ in ConsoleLog(logLevel: .info) }
    let server = PageServer(configuration, log: log, logger: logger)
    do {
      try await server.run { pages, admin in
        let address =
          switch place {
          case .address(let address): "http://\(ListenAddress(host: address.host, port: pages))/"
          case .socket: "\(place)"
          }
        Console.note(
          "Serving at \(address)" + (admin.map { ", administration at port \($0)" } ?? ""))
      }
    } catch {
      throw Failure("the server cannot listen at \(place) and \(admin): \(error)")
    }
  }

  private func source() -> ReportSource {
    ReportSource(
      repository: repository.repo, path: repository.path, revision: repository.revision,
      isRemote: false, environment: ProcessInfo.processInfo.environment, version: Plumb.version,
      days: page.days, maxAffected: page.maxAffected, sourceURL: page.sourceURL)
  }

  // MARK: Arguments

  private func place() throws -> WebServer.Place {
    if listen.hasPrefix("unix:") {
      let path = String(listen.dropFirst(5))
      guard (1...100).contains(path.utf8.count) else {
        throw ValidationError("--listen unix: wants the path of a file, of 100 bytes at the most.")
      }
      return .socket(path)
    }
    guard let address = ListenAddress(listen) else {
      throw ValidationError(
        "--listen wants HOST:PORT, [IPV6]:PORT or unix:FILE, not '\(listen)'.")
    }
    return .address(address)
  }

  private func adminAddress() throws -> ListenAddress? {
    if admin == "none" { return nil }
    guard let address = ListenAddress(admin) else {
      throw ValidationError("--admin wants HOST:PORT or none, not '\(admin)'.")
    }
    return address
  }

  private func selection() throws -> InstanceSelection? {
    guard !only.isEmpty else { return nil }
    var filter = PlanFilter()
    for label in only where !filter.addLabel(label) {
      throw ValidationError("--only wants KEY=VALUE, not '\(label)'.")
    }
    return InstanceSelection(labels: filter.labels)
  }

  /// A socket that a server which was killed left behind is in the way of the next one.
  private func removeSocket(at place: WebServer.Place) throws {
    guard case .socket(let path) = place,
      let type = try? FileManager.default.attributesOfItem(atPath: path)[.type]
        as? FileAttributeType
    else { return }
    guard type == .typeSocket else { throw Failure("\(path) is there, and no socket") }
    try? FileManager.default.removeItem(atPath: path)
  }
}

extension AccessLog {
  /// To the end of a file that this user alone may read, or to standard output.
  fileprivate init(appending path: String?) throws {
    guard let path else {
      self.init { Console.print($0) }
      return
    }
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Failure("\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    self.init { bytes in
      do { try handle.write(contentsOf: Data(bytes)) } catch {
        Console.note("warning: \(path): an access could not be logged")
      }
    }
  }
}
#endif
