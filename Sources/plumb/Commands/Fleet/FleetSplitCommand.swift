internal import ArgumentParser
private import Foundation
internal import Posture
internal import Reconciler

/// `plumb fleet split`
struct FleetSplitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split",
    abstract: "Share the instances of a commit out, and write the fleet's file.",
    discussion: """
      Each instance is in one share. Instances whose requests a vendor counts together stay together: those that name the \
      same quotaGroup, and all of an app whose vendor counts by credential or project. The longest comes first, by the \
      requests that the last recorded observation took. Two to eight times as many shares as machines go well.

      The same commit, record and time give the same file; its SHA-256 is the fleet's name.

      Examples:

      plumb fleet split --shards 64 --out fleet.json
      """)

  @Option(help: "How many shares.")
  var shards: Int

  @Option(help: ArgumentHelp("The fleet's file.", valueName: "file"))
  var out: String

  @Option(
    help: ArgumentHelp(
      "Split a quota group over so many shares all the same; each asks for that part of the requests at a time. Repeatable.",
      valueName: "group=number"))
  var splitGroup: [String] = []

  @OptionGroup var clock: ClockOptions
  @OptionGroup(title: "Desired state") var repository: RepositoryOptions
  @OptionGroup(title: "Output") var display: DisplayOptions

  func validate() throws {
    guard (1...Fleet.mostShards).contains(shards) else {
      throw ValidationError("--shards wants a number from 1 to \(Fleet.mostShards).")
    }
    _ = try dividing()
  }

  private func dividing() throws -> [String: Int] {
    var result: [String: Int] = [:]
    for text in splitGroup {
      let parts = text.split(separator: "=", omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, let count = Int(parts[1]), count > 1 else {
        throw ValidationError("--split-group wants GROUP=NUMBER, from 2, not '\(text)'.")
      }
      result[String(parts[0])] = count
    }
    return result
  }

  func run() throws {
    let outcome = try FleetSplitter(
      try repository.location, at: try clock.now(), shards: shards, dividing: try dividing(),
      version: Plumb.version
    ).split()
    try outcome.fleet.bytes.write(toFile: out)
    guard !display.quiet else { return }
    try repository.noteUncommitted()
    let fleet = outcome.fleet
    let count = fleet.shards.reduce(0) { $0 + $1.instances.count }
    Console.print(
      "Fleet \(fleet.digest.prefix(12)): \(count) instances in \(shards) shares, of \(fleet.shards.last?.cost ?? 0) to \(fleet.shards[0].cost) requests. Wrote \(out)."
    )
    for group in outcome.groups where fleet.divided[group.name] == nil {
      Console.note(
        "Quota group \(group.name): \(group.members.count) instances stay in one share, of \(group.cost) requests."
      )
    }
    let empty = fleet.shards.count { $0.instances.isEmpty }
    if empty > 0 { Console.note("\(empty) shares are empty: fewer would do.") }
  }
}
