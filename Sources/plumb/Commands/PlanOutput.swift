private import Foundation
internal import Observation
internal import Posture
internal import Reconciler
internal import Reports

/// Writes a plan in every form that was asked for.
struct PlanOutput {
  let filter: PlanFilter
  let options: ReportOptions
  var maxAffected = 100
  /// Whether it is saved for another run, which is told what to do with it.
  var isSaved = false
  /// Whether the plan is being applied.
  var isApplied = false
  /// What the page tells beside the plan, and the links it has; see ``PageSource``.
  var page: (story: Story, links: SourceLinks)?
  /// The scores of the days before, for Markdown; nil where they are not told.
  var trend: ScoreHistory?
  /// The plan as text.
  var text: (Plan, TextReport.Options) -> String = { TextReport.plan($0, options: $1) }

  /// Whether the plan is printed for people to read.
  var tellsPeople: Bool {
    get throws { try options.targets().contains { isPrinted($0) && $0.format == .text } }
  }

  private func isPrinted(_ target: OutputTarget) -> Bool {
    target.destination == .standardOutput
      && !(isApplied && options.quiet && target.format == .text)
  }

  /// Renders everything, then writes it: a form that cannot be rendered leaves no half of the others,
  /// and one that cannot be written keeps no other from being written.
  func write(_ plan: Plan) throws {
    let outputs = try options.targets().map { target in
      (target: target, bytes: try render(plan, for: target))
    }
    var faults: [String] = []
    for (target, bytes) in outputs {
      do {
        switch target.destination {
        case .standardOutput:
          if isPrinted(target), !bytes.isEmpty { Console.print(bytes) }
        case .file(let path): try bytes.write(toFile: path)
        case .jobSummary: try bytes.append(toFile: try Self.summaryFile())
        }
      } catch let failure as Failure {
        faults.append(failure.text)
      } catch {
        guard let text = Failure.text(of: error) else { throw error }
        faults.append(text)
      }
    }
    if !faults.isEmpty { throw Failure(faults.joined(separator: "\n")) }
  }

  private func render(_ plan: Plan, for target: OutputTarget) throws -> [UInt8] {
    switch target.format {
    case .text: return Array(text(plan, textOptions(for: target)).utf8)
    case .markdown:
      let limit =
        target.destination == .jobSummary
        ? MarkdownReport.summaryLimit - Self.size(ofFile: try Self.summaryFile())
        : MarkdownReport.commentLimit
      return Array(
        MarkdownReport.plan(plan, trend: trend, filter: filter, limit: max(0, limit)).utf8)
    case .json: return JSONReport.plan(plan, filter: filter, maxAffected: maxAffected)
    case .sarif: return SARIFReport.plan(plan, filter: filter, version: Plumb.version)
    case .junit: return JUnitReport.plan(plan, filter: filter)
    case .ocsf: return OCSFReport.plan(plan.comparison, filter: filter, version: Plumb.version)
    case .openmetrics: return OpenMetricsReport.plan(plan, filter: filter, version: Plumb.version)
    case .csv: return CSVReport.plan(plan.comparison, filter: filter)
    case .html: return html(plan)
    case .github: return AnnotationReport.plan(plan, filter: filter)
    }
  }

  private func html(_ plan: Plan) -> [UInt8] {
    var story = page?.story ?? Story(plan)
    // What came of effects is known by now.
    story.comparison.imports = plan.imports
    var options = HTMLReport.Options(
      version: Plumb.version, maxAffected: maxAffected,
      links: page?.links ?? SourceLinks(remote: nil, revision: nil))
    options.filter = filter
    let file = HTMLReport.file(story, options: options)
    if file.maxAffected < maxAffected {
      Console.note(
        "The page names \(file.maxAffected) affected resources of each result: with \(maxAffected) it would be larger than \(HTMLReport.fileLimit / 1_000_000) MB."
      )
    }
    if file.bytes.count > HTMLReport.fileLimit {
      Console.note(
        "The page is \(file.bytes.count / 1_000_000) MB: 'plumb site' writes the same as many small ones."
      )
    }
    return file.bytes
  }

  /// A file has neither colours nor a width.
  private func textOptions(for target: OutputTarget) -> TextReport.Options {
    var options =
      target.destination == .standardOutput
      ? self.options.display.text(filter)
      : TextReport.Options(isVerbose: self.options.display.verbose, filter: filter)
    options.tellsNextStep = !isApplied && !isSaved
    return options
  }

  private static func summaryFile() throws -> String {
    guard let path = ProcessInfo.processInfo.environment["GITHUB_STEP_SUMMARY"], !path.isEmpty
    else {
      throw Failure(
        "GITHUB_STEP_SUMMARY is not set: outside a GitHub Actions job, write --output markdown=FILE"
      )
    }
    return path
  }

  private static func size(ofFile path: String) -> Int {
    (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
  }
}

extension [UInt8] {
  /// Writes the whole file or none of it; into what is no plain file (`/dev/stderr`, a pipe), as it
  /// comes.
  ///
  /// - Throws: ``ReconcileError`` where a link of a repository leads there.
  func write(toFile path: String) throws {
    try RepositoryLinks.refuse(on: path)
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let folder = url.deletingLastPathComponent().path
    guard FileManager.default.fileExists(atPath: folder) else {
      throw Failure("\(path) cannot be written: there is no folder '\(folder)'")
    }
    let type =
      try? FileManager.default.attributesOfItem(atPath: url.path)[.type] as? FileAttributeType
    do {
      if let type, type != .typeRegular, type != .typeDirectory {
        try add(to: url.path)
      } else {
        try Data(SecretGate.process.passing(self)).write(to: url, options: .atomic)
      }
    } catch {
      throw Failure("\(path) cannot be written: \(error.localizedDescription)")
    }
  }

  /// Adds to the end of a file, which is made when it is not there.
  func append(toFile path: String) throws {
    try RepositoryLinks.refuse(on: path)
    do {
      if !FileManager.default.fileExists(atPath: path) {
        try Data().write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
      }
      try add(to: path)
    } catch {
      throw Failure("\(path) cannot be written: \(error.localizedDescription)")
    }
  }

  /// Writes at the end of a file that is there.
  private func add(to path: String) throws {
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    defer { try? handle.close() }
    _ = try? handle.seekToEnd()
    try handle.write(contentsOf: Data(SecretGate.process.passing(self)))
  }
}
