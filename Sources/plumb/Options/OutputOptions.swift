internal import ArgumentParser
private import Foundation
internal import Posture
internal import Reports

/// How results are written.
struct OutputOptions: ParsableArguments {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, markdown, json
  }

  @Option(help: "The form of the output.")
  var format = Format.text

  @OptionGroup var display: DisplayOptions

  var quiet: Bool { display.quiet }
  var verbose: Bool { display.verbose }

  func text(_ filter: PlanFilter = PlanFilter()) -> TextReport.Options { display.text(filter) }

  /// Prints what was asked for, and renders nothing else.
  func print(
    text: @autoclosure () -> String, markdown: @autoclosure () -> String,
    json: @autoclosure () -> [UInt8]
  ) {
    switch format {
    case .text: Console.print(text())
    case .markdown: Console.print(markdown())
    case .json: Console.print(json())
    }
  }
}

/// How much is told, and in which colours.
struct DisplayOptions: ParsableArguments {
  enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
  }

  @Option(help: "Whether the terminal's colours are used; NO_COLOR switches them off too.")
  var color = ColorChoice.auto

  @Flag(name: .shortAndLong, help: "Write results only.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Write more.")
  var verbose = false

  var usesColor: Bool {
    switch color {
    case .always: true
    case .never: false
    case .auto:
      Console.isTerminal
        && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
    }
  }

  func text(_ filter: PlanFilter = PlanFilter()) -> TextReport.Options {
    TextReport.Options(
      colour: usesColor, width: Console.isTerminal ? Console.width : nil, isVerbose: verbose,
      filter: filter)
  }
}
