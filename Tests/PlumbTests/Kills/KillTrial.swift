import Foundation
import TestSupport
import Testing

/// One command of the program, ended by SIGKILL at the calls by which it changes files: before each that finds other
/// files than the one before it, and in the middle of each that writes. The same files are there before each trial, and
/// the same must be there after the next run as after one that nobody disturbed.
///
/// A sample of the calls is tried, the same in every run: `PLUMB_KILLS=n` of each command, all with `PLUMB_LONG_TESTS=1`.
struct KillTrial {
  let name: String
  /// Everything in it is put back before each trial.
  let scratch: Scratch
  /// Where the program runs, relative to the scratch folder.
  let folder: String
  let arguments: [String]
  var environment = Scratch.environment
  /// Whether threads share the calls, so that their order and number differ from run to run.
  var isConcurrent = false
  /// Tells what the files say after a whole run.
  let outcome: () throws -> String
  /// What must hold right after a kill.
  let check: (_ trial: String) throws -> Void
  /// Makes what differs from trial to trial.
  var prepare: (_ trial: Int) throws -> Void = { _ in }

  /// How many positions of a command are tried; nil for all.
  private static let sampled: Int? =
    TestEnvironment["PLUMB_KILLS"].flatMap(Int.init)
    ?? (TestEnvironment["PLUMB_LONG_TESTS"] == nil ? 8 : nil)

  private struct Position {
    let call: Int
    let isHalf: Bool
  }

  /// Counts the calls of an undisturbed run, then kills one run after the other.
  ///
  /// - Parameter whole: Told when the undisturbed run has ended, before the files are put back.
  func run(whole: () throws -> Void = {}) throws {
    let kept = try Scratch()
    try Self.copy(scratch.path, to: kept.path)
    let log = kept.path + ".calls"
    defer { try? FileManager.default.removeItem(atPath: log) }
    try prepare(0)
    let undisturbed = try start(["PLUMB_KILL_LOG": log]).finish()
    try #require(undisturbed.status == 0, "\(name): \(undisturbed.error)")
    let expected = try outcome()
    try whole()
    let calls = String(decoding: try Data(contentsOf: URL(fileURLWithPath: log)), as: UTF8.self)
      .split(separator: "\n").map(String.init)
    try #require(calls.count > 20, "\(name): \(calls)")

    var killed = 0
    let positions = Self.positions(calls)
    for (index, position) in positions.enumerated() {
      try restore(kept)
      try prepare(index + 1)
      let trial =
        "\(name), \(position.isHalf ? "half-way through" : "before") \(calls[position.call - 1])"
      var variables = ["PLUMB_KILL_AT": "\(position.call)"]
      if position.isHalf { variables["PLUMB_KILL_HALF"] = "1" }
      let run = try start(variables).finish()
      if run.wasKilled {
        killed += 1
      } else {
        #expect(run.status == 0, "\(trial): \(run.error)")
      }
      try check(trial)
      let next = try start().finish()
      #expect(next.status == 0, "\(trial): \(next.error)")
      let differences = Self.differences(try outcome(), expected)
      #expect(differences == [], "\(trial)")
      try check(trial + ", and run again")
    }
    if !isConcurrent { #expect(killed == positions.count, "\(name)") }
    print(
      "Kills: \(name): \(calls.count) calls, killed at \(killed) of \(positions.count) positions")
  }

  private func start(_ kill: [String: String] = [:]) throws -> Run.Started {
    var variables = environment.merging(kill) { $1 }
    if !kill.isEmpty { variables["LD_PRELOAD"] = PreloadedLibrary.kill }
    return try Run.Started(
      try #require(Program.path), arguments, in: "\(scratch.path)/\(folder)",
      environment: variables)
  }

  /// What leaves the files as they are: whoever dies after it leaves the same as who dies before it.
  private static let changeless: Set<Substring> = [
    "fsync", "fdatasync", "msync", "close", "flock", "fcntl", "utimes", "utimensat", "futimens",
  ]

  private static func positions(_ calls: [String]) -> [Position] {
    let names = calls.map { $0.split(separator: " ").dropFirst().first ?? "" }
    var all: [Position] = []
    for (index, name) in names.enumerated() {
      if index == 0 || !changeless.contains(names[index - 1]) {
        all.append(Position(call: index + 1, isHalf: false))
      }
      if name.contains("write") { all.append(Position(call: index + 1, isHalf: true)) }
    }
    guard let sampled, sampled < all.count else { return all }
    // One of each stretch.
    var random = Random(seed: UInt64(all.count))
    return (0..<sampled).map { part in
      let (start, end) = (part * all.count / sampled, (part + 1) * all.count / sampled)
      return all[Int.random(in: start..<max(start + 1, end), using: &random)]
    }
  }

  /// The lines that one text has and the other has not.
  private static func differences(_ found: String, _ expected: String) -> [String] {
    let lines = found.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.difference(
      from: expected.split(separator: "\n", omittingEmptySubsequences: false)
    ).map { change in
      switch change {
      case .insert(_, let line, _): "+ \(line)"
      case .remove(_, let line, _): "- \(line)"
      }
    }
  }

  // MARK: Files

  private func restore(_ kept: Scratch) throws {
    let manager = FileManager.default
    for entry in try manager.contentsOfDirectory(atPath: scratch.path) {
      try manager.removeItem(atPath: "\(scratch.path)/\(entry)")
    }
    try Self.copy(kept.path, to: scratch.path)
  }

  private static func copy(_ source: String, to target: String) throws {
    let copied = try Run(
      "/bin/cp", ["-a", source + "/.", target], in: "/", environment: Scratch.environment)
    guard copied.status == 0 else { throw Scratch.Failure(description: copied.error) }
  }
}
