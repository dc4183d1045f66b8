internal import ArgumentParser
internal import Connectors
private import Foundation
internal import Observation
internal import Posture
internal import Reconciler
internal import Reports
internal import Text
internal import YAML

/// `plumb connect`
struct ConnectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "connect",
    abstract: "Declare an instance of an app, and say how its credentials are made.",
    discussion: """
      Adds the instance to the YAML of the working tree, after checking it; prints the steps for credentials \
      that may read what is needed and nothing else, and the variables that give them; and tries them when \
      they are set. On a terminal it asks for what is missing. An instance that is declared already is \
      left as it is.

      Where an app's credentials begin with a person who allows access in a browser, --authorize shows the page, \
      waits on this machine for its answer (or asks for it, with --paste), and keeps the refresh token in \
      --token-store; it is shown with --print-token alone.

      Examples:

      plumb connect okta okta-contoso --parameter domain=contoso.okta.com
      plumb connect dropbox dropbox-contoso --authorize --token-store ~/plumb-tokens.json
      """)

  @Argument(
    help: "The app; 'plumb catalog list connectors' lists them.", completion: Completions.apps)
  var app: String

  @Argument(help: "The instance's name, such as okta-contoso.")
  var name: String?

  @Option(
    help: ArgumentHelp("What the app's connector asks for; repeatable.", valueName: "name=value"))
  var parameter: [String] = []

  @Option(help: "How reports name the instance (default: its name).")
  var displayName: String?

  @Option(help: ArgumentHelp("A label of the instance; repeatable.", valueName: "name=value"))
  var label: [String] = []

  @Option(
    help: ArgumentHelp(
      "The file that it is added to, relative to the repository's root (default: instances.yaml in the desired state).",
      valueName: "file"))
  var file: String?

  @Flag(help: "Check and show the document and the steps; write nothing, try nothing.")
  var dryRun = false

  @OptionGroup var authorization: AuthorizeOptions
  @OptionGroup var edited: EditOptions

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var display: DisplayOptions

  func validate() throws {
    _ = try Self.pairs(parameter, option: "--parameter")
    _ = try Self.pairs(label, option: "--label")
    if dryRun, authorization.authorize {
      throw ValidationError("--dry-run and --authorize exclude one another.")
    }
  }

  func run() async throws {
    let writing = try InstanceWriting(repository: edited.repo, path: edited.path)
    let connector = try writing.connector(of: app)
    guard
      let name = name ?? Question.answer("Name of the instance", example: "\(app)-contoso")
    else { throw Failure("name the instance: plumb connect \(app) \(app)-contoso") }
    if let instance = writing.instance(name) {
      guard instance.app.value == app else {
        throw Failure("'\(name)' is an instance of \(instance.app.value), at \(instance.mark)")
      }
      guard parameter.isEmpty else {
        throw Failure(
          "'\(name)' is declared already, at \(instance.mark): change its parameters there")
      }
      Console.note("'\(name)' is declared already, at \(instance.mark); it stays as it is.")
      try await tell(connector, name, in: writing.declared, isNew: false)
      return
    }
    let draft = try draft(named: name, for: connector)
    let written: DocumentWriting.Written
    do {
      written = try writing.write(draft, dryRun: dryRun)
    } catch ReconcileError.invalidDesiredState(let diagnostics) {
      for diagnostic in diagnostics { Console.note(diagnostic.description) }
      throw Failure("nothing was written, because of the faults above")
    }
    written.warnings.forEach { Console.note($0.description) }
    Console.print("# \(written.file)\n\(written.text)")
    Console.note(dryRun ? "Nothing was written." : "Added to \(written.file).")
    try await tell(
      connector, name, in: writing.declared(with: draft), isNew: true)
  }

  /// - Throws: ``Failure`` that lists every parameter that is missing and cannot be asked for.
  private func draft(named name: String, for connector: Connector) throws -> InstanceDraft {
    var draft = InstanceDraft(app: app, name: name)
    draft.displayName = displayName
    draft.labels = try Self.pairs(label, option: "--label")
    draft.file = file
    draft.parameters = try Self.pairs(parameter, option: "--parameter")
    let known = connector.parameters.map(\.name)
    for (name, value) in draft.parameters.sorted(by: { $0.key < $1.key }) {
      guard let parameter = connector.parameters.first(where: { $0.name == name }) else {
        throw Failure(
          "\(app) has no parameter '\(name)'" + Suggestion.hintOrList(for: name, among: known))
      }
      if let problem = parameter.problem(with: value) { throw Failure(problem) }
    }
    var missing: [String] = []
    for parameter in connector.parameters where parameter.isMissing(in: draft.parameters) {
      let answer = Question.answer(
        parameter.description, example: parameter.example, problem: parameter.problem(with:))
      draft.parameters[parameter.name] = answer
      if answer == nil {
        missing.append(
          "--parameter \(parameter.name)=\(parameter.example ?? "…")   \(parameter.description)")
      }
    }
    guard missing.isEmpty else {
      throw Failure("\(app) needs\n  \(missing.joined(separator: "\n  "))")
    }
    return draft
  }

  /// The steps, and what comes of the credentials that are set.
  private func tell(
    _ connector: Connector, _ name: String, in declared: DeclaredState, isNew: Bool
  ) async throws {
    var targets = try targets(name, in: declared)
    let needs = targets.permissions(in: declared)
    guard let target = targets.first, let need = needs.first else { return }
    var isComplete = target.missingCredentials == nil
    let authorizer = try authorization.authorizer(for: target)
    if isNew || dryRun || !(isComplete || authorizer?.missing.isEmpty == true) {
      let given = need.ways.flatMap(\.variables).filter(target.isGiven)
      Console.print(
        "\n"
          + TextReport.setup(
            connector, for: need, prefix: CredentialSource.variable(name, ""), given: Set(given),
            options: display.text()))
    }
    guard !dryRun else { return }
    if let authorizer {
      let isAllowed = try await authorization.allow(
        authorizer, at: target.name, keeping: try connection.store(in: edited.repo),
        options: try connection.observerOptions(store: nil, display: display))
      guard !(isAllowed && connection.tokenStore == nil) else { return }
      if isAllowed {
        targets = try self.targets(name, in: declared)
        isComplete = targets.first?.missingCredentials == nil
      }
    }
    guard isComplete else {
      let rest = authorizer?.isUsual == true ? " --authorize --token-store FILE" : ""
      let but = rest.isEmpty ? "" : " but \(authorizer?.variable ?? "")"
      Console.note("Next: set the variables\(but), then: plumb connect \(app) \(name)\(rest)")
      return
    }
    let reports = await Observer.check(
      targets, needs: needs, options: try connection.observerOptions(store: nil, display: display))
    for report in reports {
      CheckNotes.lines(report, isVerbose: display.verbose).forEach(Console.print)
    }
    guard reports.allSatisfy(\.isFine) else { throw Ending([.error]) }
    let store = connection.tokenStore.map { " --token-store \($0)" } ?? ""
    Console.note(
      "Next: git add \(edited.path) && git commit -m 'Declare \(name)', then: plumb plan\(store)")
  }

  private func targets(_ name: String, in declared: DeclaredState) throws -> [ObservationTarget] {
    try ObservationTarget.chosen(
      [name], in: declared.state, credentials: try connection.source(in: edited.repo))
  }

  private static func pairs(_ texts: [String], option: String) throws -> [String: String] {
    var result: [String: String] = [:]
    for text in texts {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
        throw ValidationError("\(option) wants name=value, not '\(text)'.")
      }
      guard result.updateValue(String(parts[1]), forKey: String(parts[0])) == nil else {
        throw ValidationError("\(option) \(parts[0]) is given twice.")
      }
    }
    return result
  }
}
