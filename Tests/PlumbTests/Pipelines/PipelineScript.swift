import Foundation
import TestSupport
import Testing
import YAML

/// A script of a pipeline, run where programs of the test stand in for those that would reach a vendor.
struct PipelineScript {
  let text: String
  let scratch: Scratch

  /// - Parameter text: As bash takes it.
  init(_ text: String) throws {
    self.text = text
    scratch = try Scratch()
    try scratch.makeFolder("job")
    try scratch.write("", to: "log")
  }

  /// The only step of these that says so.
  ///
  /// - Parameter steps: A list of steps with `run`, or of lines.
  init(_ steps: Node?, with word: String) throws {
    let texts = (steps?.items ?? []).compactMap { $0.scalar ?? $0["run"]?.scalar }
    let found = texts.filter { $0.contains(word) }
    try #require(found.count == 1)
    try self.init(found[0])
  }

  /// Puts a program on the script's PATH. What it appends to `$LOG` is the log.
  func standIn(for name: String, _ script: String) throws {
    try scratch.write("#!/usr/bin/env bash\n\(script)\n", to: "bin/\(name)")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: "\(scratch.path)/bin/\(name)")
  }

  /// Runs the script in the folder `job`.
  func run(_ environment: [String: String] = [:]) throws -> Run {
    try scratch.write(text, to: "script")
    var whole = Scratch.environment.merging(environment) { $1 }
    whole["PATH"] = "\(scratch.path)/bin:\(whole["PATH"] ?? "")"
    whole["LOG"] = "\(scratch.path)/log"
    whole["SCRATCH"] = scratch.path
    return try Run(
      "/bin/bash", ["-e", "\(scratch.path)/script"], in: "\(scratch.path)/job", environment: whole)
  }

  /// What the programs that stand in were asked, a line for each time.
  var log: [String] {
    (scratch.read("log") ?? "").split(separator: "\n").map(String.init)
  }
}
