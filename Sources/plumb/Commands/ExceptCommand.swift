internal import ArgumentParser
private import Foundation
internal import Observation
internal import Posture
internal import Reconciler
internal import Reports
internal import Text
internal import YAML

/// `plumb except`
struct ExceptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "except",
    abstract: "Declare an exception in the YAML of the working tree.",
    discussion: """
      Accepts, plans or explains what is not met, for named instances and a time. The document is \
      checked with the whole desired state before it is written; comments and layout of its file \
      stay. It counts once it is committed and reviewed.

      Examples:

      plumb except okta-password-minimum-length --instance okta-contoso-eu \\
        --resources 'resource.name == "Kiosks"' --expires 2027-03-31 \\
        --owner identity@contoso.example --justification 'Replaced in the third quarter.'
      """)

  @Argument(help: "Names of recommendations.", completion: Completions.recommendations)
  var recommendations: [String]

  @Option(help: "An instance that it holds for; repeatable.", completion: Completions.instances)
  var instance: [String]

  @Option(help: "What was decided.")
  var status = DecidedStatus(status: .riskAccepted)

  @Option(help: "Who answers for it.")
  var owner: String

  @Option(
    help: ArgumentHelp(
      "The last day on which it holds; required for riskAccepted and planned.", valueName: "date"))
  var expires: String?

  @Option(help: "Why.")
  var justification: String

  @Option(
    help: ArgumentHelp(
      "A condition over 'resource': which resources are meant (default: the whole recommendation).",
      valueName: "cel"))
  var resources: String?

  @Option(help: "Where it was decided.")
  var ticket: String?

  @Option(help: "The document's name (default: made of instance and recommendation).")
  var name: String?

  @Option(
    help: ArgumentHelp(
      "The file that it is added to, relative to the repository's root (default: exceptions/APP.yaml in the desired state).",
      valueName: "file"))
  var file: String?

  @Flag(help: "Check and show the document; write nothing.")
  var dryRun = false

  @OptionGroup var edited: EditOptions

  @OptionGroup var clock: ClockOptions

  func validate() throws {
    _ = try lastDay()
    for (option, text) in [("owner", owner), ("justification", justification)]
    where text.allSatisfy(\.isWhitespace) {
      throw ValidationError("--\(option) may not be empty.")
    }
  }

  func run() async throws {
    let draft = ExceptionDraft(
      recommendations: recommendations, instances: instance, status: status.status,
      resources: resources,
      justification: justification, owner: owner, ticket: ticket, expires: try lastDay(),
      name: name, file: file)
    let written: DocumentWriting.Written
    do {
      written = try ExceptionWriting(
        repository: edited.repo, path: edited.path, now: try clock.now()
      )
      .write(draft, dryRun: dryRun)
    } catch ReconcileError.invalidDesiredState(let diagnostics) {
      for diagnostic in diagnostics { Console.note(diagnostic.description) }
      throw Failure("nothing was written, because of the faults above")
    }
    for warning in written.warnings { Console.note(warning.description) }
    Console.print("# \(written.file)\n\(written.text)")
    if !dryRun, let warning = await uncovered(by: written) {
      Console.note(Escaping.terminal("warning: \(warning)"))
    }
    Console.note(
      dryRun
        ? "Nothing was written."
        : "Added to \(written.file). What it does: plumb plan --base HEAD --working-tree")
  }

  /// Why the exception covers nothing of what was observed: a misspelt condition, or nothing is amiss.
  ///
  /// nil where it covers something, and where that cannot be told: it is written all the same, and a plan says what keeps
  /// it from being known.
  private func uncovered(by written: DocumentWriting.Written) async -> String? {
    guard let place = try? request(), let plan = try? await Workspace(place).plan().plan,
      plan.exceptions.first(where: { $0.exception.name == written.name })?.standing.state == .unused
    else { return nil }
    let results = plan.instances.filter { self.instance.contains($0.name) }
      .flatMap(\.results).filter { recommendations.contains($0.name) }
    guard !results.isEmpty, !results.contains(where: { $0.verdict.compliance == .unknown }) else {
      return nil
    }
    let amiss = results.filter { $0.verdict.compliance == .notCompliant }
    guard !amiss.isEmpty else {
      return "it covers nothing: \(results.count == 1 ? "that is" : "these are") compliant already"
    }
    return
      "it covers nothing: no affected resource meets --resources; 'plumb explain \(amiss[0].name)' lists them"
  }

  private func request() throws -> PlanRequest {
    let store = try StorePlace.store(
      nil, repository: edited.repo, environment: ProcessInfo.processInfo.environment)
    var request = PlanRequest(
      DeclaredState.Location(repository: edited.repo, path: edited.path, usesWorkingTree: true),
      store: store, now: try clock.now())
    request.only = Set(instance)
    return request
  }

  private func lastDay() throws -> CalendarDate? {
    guard let expires else { return nil }
    guard let day = CalendarDate(expires) else {
      throw ValidationError("--expires wants a day such as 2027-03-31, not '\(expires)'.")
    }
    return day
  }
}

/// A status that an exception may give.
struct DecidedStatus: ExpressibleByArgument {
  let status: Status

  init(status: Status) { self.status = status }

  init?(argument: String) {
    guard let status = Status(rawValue: argument), Status.declarable.contains(status) else {
      return nil
    }
    self.status = status
  }

  var defaultValueDescription: String { status.rawValue }
  static var allValueStrings: [String] { Status.declarable.map(\.rawValue) }
}
