internal import ArgumentParser
internal import Posture
internal import Reports
internal import Text
internal import YAML

/// In which forms a plan is written, and where to.
struct ReportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The form of standard output (default: text).",
      valueName: ReportFormat.allCases.map(\.rawValue).joined(separator: "|")))
  var format: ReportFormat?

  @Option(
    help: ArgumentHelp(
      "Write the plan in this form too, to a file or to standard output (-); github-summary adds it to the summary of a GitHub Actions job; repeatable.",
      valueName: "format=file"))
  var output: [String] = []

  @OptionGroup var display: DisplayOptions

  var quiet: Bool { display.quiet }

  func validate() throws { _ = try targets() }

  /// What is written, in the order in which it is: the form of standard output first.
  ///
  /// Annotations are lines of a job's log, so they may stand below another form; else standard output
  /// has room for one.
  func targets() throws -> [OutputTarget] {
    var targets = try output.map { text in
      do throws(OutputTarget.ParseError) {
        return try OutputTarget(text)
      } catch {
        throw ValidationError("--output: \(error)")
      }
    }
    let printed = targets.filter {
      $0.destination == .standardOutput && $0.format != .github
    }
    if printed.isEmpty || format != nil {
      targets.insert(OutputTarget(format: format ?? .text, destination: .standardOutput), at: 0)
    }
    if printed.count > 1 || (format != nil && !printed.isEmpty && format != .github) {
      throw ValidationError(
        "Standard output has room for one form: give the others a file, such as --output \(printed[0].format.rawValue)=FILE."
      )
    }
    return targets
  }
}

extension ReportOptions {
  /// Whether anything is written in a form.
  func has(_ format: ReportFormat) throws -> Bool {
    try targets().contains { $0.format == format }
  }
}

extension ReportFormat: ExpressibleByArgument {}

/// One form of a plan, and where it goes.
struct OutputTarget: Hashable {
  let format: ReportFormat
  let destination: Destination

  enum Destination: Hashable {
    case standardOutput
    case file(String)
    /// Below what is in the file that GITHUB_STEP_SUMMARY names.
    case jobSummary
  }

  /// Why a text is no target.
  struct ParseError: Error, CustomStringConvertible {
    let description: String
  }

  private static let jobSummary = "github-summary"

  init(format: ReportFormat, destination: Destination) {
    self.format = format
    self.destination = destination
  }

  /// Reads `sarif=plan.sarif`, `github`, `json=-`, `github-summary`.
  init(_ text: String) throws(ParseError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let path = parts.count == 2 ? String(parts[1]) : nil
    if name == Self.jobSummary {
      guard path == nil else {
        throw ParseError(
          description:
            "github-summary takes no file: it adds to the one that GITHUB_STEP_SUMMARY names; write markdown=FILE for another"
        )
      }
      self.init(format: .markdown, destination: .jobSummary)
      return
    }
    guard name != "-", !name.contains("/"), !name.contains(".") else {
      throw ParseError(
        description:
          "'\(text)' names no format; write FORMAT=FILE, such as markdown=plan.md, or json=- for standard output"
      )
    }
    guard let format = ReportFormat(rawValue: name) else {
      let known = ReportFormat.allCases.map(\.rawValue) + [Self.jobSummary]
      throw ParseError(
        description: "no format named '\(name)'\(Suggestion.hint(for: name, among: known)); known: "
          + known.joined(separator: ", "))
    }
    guard path != "" else {
      throw ParseError(
        description: "'\(text)' names no file; write \(name)=FILE, or \(name)=- for standard output"
      )
    }
    self.init(
      format: format,
      destination: path == nil || path == "-" ? .standardOutput : .file(path ?? ""))
  }
}
