internal import ArgumentParser
private import Foundation
internal import Posture
internal import Reports

/// Which part of history is shown.
struct PeriodOptions: ParsableArguments {
  @Option(help: ArgumentHelp("So many days, up to now (default: 14).", valueName: "days"))
  var days: Int?

  @Option(help: ArgumentHelp("From this day on, such as 2026-06-01.", valueName: "date"))
  var since: String?

  @Option(help: ArgumentHelp("Up to this day or time (default: now).", valueName: "date"))
  var until: String?

  @OptionGroup var clock: ClockOptions

  func validate() throws {
    if days != nil && since != nil {
      throw ValidationError("--days and --since exclude one another.")
    }
    if let days, !(1...36_500).contains(days) {
      throw ValidationError("--days wants a number from 1.")
    }
    let period = try period()
    if period.days < 1 {
      throw ValidationError(
        "the period ends on \(period.until.day), before it begins on \(period.since.day).")
    }
  }

  /// Whether any limit was given.
  var isGiven: Bool { days != nil || since != nil || until != nil }

  func period() throws -> HistoryPeriod {
    let end = try until.map(end) ?? clock.now()
    guard let since else { return HistoryPeriod(days: days ?? 14, until: end) }
    return HistoryPeriod(since: try ObservationOptions.instant(since), until: end)
  }

  /// A day alone means its end.
  private func end(_ text: String) throws -> Instant {
    let instant = try ObservationOptions.instant(text)
    return text.utf8.count == 10
      ? Instant(secondsSince1970: instant.secondsSince1970 + 86_399) : instant
  }
}

/// What graphs are drawn with.
struct GraphOptions: ParsableArguments {
  enum Choice: String, ExpressibleByArgument, CaseIterable {
    case auto, blocks, ascii, none
  }

  @Option(
    help:
      "What graphs are drawn with; auto: blocks, or ascii on a terminal that is not set to UTF-8.")
  var graph = Choice.auto

  var style: ScoreGraph.Style {
    switch graph {
    case .blocks: .blocks
    case .ascii: .ascii
    case .none: .none
    case .auto: Console.isTerminal && !Self.terminalIsUnicode ? .ascii : .blocks
    }
  }

  /// As POSIX has it: the first of the three variables that says something.
  private static var terminalIsUnicode: Bool {
    let environment = ProcessInfo.processInfo.environment
    if environment["TERM"] == "dumb" { return false }
    let locale =
      ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    return locale.uppercased().replacing("-", with: "").contains("UTF8")
  }
}
