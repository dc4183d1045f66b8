internal import ArgumentParser
private import Foundation
internal import Logging
internal import Observation
internal import Reconciler

/// How tenants are reached, and with what: nothing of it comes from the desired state.
struct ConnectionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A YAML or JSON file of credentials, instance → field → value, that only its owner may read, or a pipe: <(sops -d FILE); PLUMB_<INSTANCE>_<FIELD> in the environment comes before it.",
      valueName: "file"))
  var credentials: String?

  @Option(
    help: ArgumentHelp(
      "Take what this command prints instead of a file of credentials: 'sops -d credentials.yaml'. A shell runs it, once.",
      valueName: "command"))
  var credentialsCommand: String?

  @Option(
    help: ArgumentHelp(
      "Where refresh tokens that change with each use are kept, outside the repository: a file that this user alone may read, made where it is missing. What is kept stands in place of the token that it came from.",
      valueName: "file"))
  var tokenStore: String?

  @Option(
    help: ArgumentHelp(
      "Send an instance's credentials to this host too, though no built-in connector declares it; without a name, every instance's; http://127.0.0.1:PORT for plain HTTP on this machine; repeatable.",
      valueName: "[instance=]host"))
  var allowHost: [String] = []

  @Option(
    help: ArgumentHelp(
      "Trust the certificates in this PEM file beside the system's.", valueName: "file"))
  var caFile: String?

  @Option(
    help: ArgumentHelp(
      "Ask a server on this machine in place of a host, for a rehearsal: graph.microsoft.com=http://127.0.0.1:8080; repeatable.",
      valueName: "host=url"))
  var connectTo: [String] = []

  @Option(
    help: ArgumentHelp("Give up on an instance after so many minutes.", valueName: "minutes"))
  var timeout = 60

  func validate() throws {
    guard (1...44_640).contains(timeout) else {
      throw ValidationError("--timeout wants minutes, from 1 to 44640, which is a month.")
    }
    if credentials != nil, credentialsCommand != nil {
      throw ValidationError(
        "--credentials and --credentials-command are two answers to one question: give one.")
    }
    _ = try detours()
  }

  /// - Parameters:
  ///   - store: Where observations are kept; nil where none is stored.
  ///   - tells: Whether what the options mean is said: once in a run.
  func observerOptions(
    store: ObservationStore?, display: DisplayOptions, tells: Bool = true
  ) throws -> ObserverOptions {
    let environment = ProcessInfo.processInfo.environment
    var options = ObserverOptions(store: store)
    options.allowedHosts = try allowHost.map { try AllowedHost($0) }
    if tells, !display.quiet { options.allowedHosts.compactMap(\.warning).forEach(Console.note) }
    options.caFile = caFile
    options.proxy = ProxySettings(environment: environment)
    options.detours = try detours()
    options.limits.totalTime = Double(timeout) * 60
    if display.verbose {
      options.log = Logger(label: "plumb.observe") { _ in ConsoleLog(logLevel: .debug) }
    }
    return options
  }

  /// - Parameter repository: The repository, in whose working tree no token is kept.
  func source(in repository: String) throws -> CredentialSource {
    let environment = ProcessInfo.processInfo.environment
    let source =
      if let credentials {
        try CredentialSource(environment: environment, file: credentials)
      } else if let credentialsCommand {
        try CredentialSource(
          environment: environment, content: try CredentialCommand.output(credentialsCommand),
          named: "what --credentials-command prints")
      } else {
        CredentialSource(environment: environment)
      }
    return try store(in: repository).map { try source.keeping(in: $0) } ?? source
  }

  /// Where tokens that change are kept; nil for nowhere.
  func store(in repository: String) throws -> TokenStore? {
    try tokenStore.map { try StorePlace.tokens($0, repository: repository) }
  }

  private func detours() throws -> [String: Address] {
    var result: [String: Address] = [:]
    for text in connectTo {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let address = Address(parts[1]), address.isLoopback else {
        throw ValidationError(
          "--connect-to wants HOST=http://127.0.0.1:PORT, a server on this machine, not '\(text)'.")
      }
      result[parts[0].lowercased()] = address
    }
    return result
  }
}
