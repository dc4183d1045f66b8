import Foundation
import TestSupport
import Testing

/// A company, and a home of its own to keep assessments in.
struct KeptBench {
  let company: Company
  var home: String { company.scratch.path + "/state" }

  init(adding files: [String: String] = [:]) throws { company = try Company(adding: files) }

  func plan(_ more: String..., at: String? = "2026-06-01T07:00:00Z") throws -> String {
    let run = try company.scratch.plumb(
      ["plan", "--format", "json"] + (at.map { ["--at", $0] } ?? []) + more,
      environment: ["XDG_STATE_HOME": home])
    #expect(run.status == 0, "\(run.error)")
    return run.output
  }

  /// The files that are kept, each with its path.
  func entries() throws -> [String] {
    let files = FileManager.default
    return try files.subpathsOfDirectory(atPath: home)
      .filter { $0.contains("/assessments/") && $0.hasSuffix(".json") }
      .sorted().map { "\(home)/\($0)" }
  }

  func read(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  func write(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  func apply(at time: String = "2026-06-01T07:00:00Z") throws {
    let run = try company.scratch.plumb(
      ["apply", "--at", time], environment: ["XDG_STATE_HOME": home])
    #expect([0, 3].contains(run.status), "\(run.error)")
  }

  /// Writes something else into what an entry tells, as who has the user's own folder can: which is trusted.
  func forge(_ path: String, _ old: String, as new: String) throws {
    let bytes = try read(path)
    let line = try #require(bytes.firstIndex(of: UInt8(ascii: "\n")))
    let size = try #require(Int(String(decoding: bytes[65..<line], as: UTF8.self)))
    let text = String(decoding: bytes[(line + 1)..<(line + 1 + size)], as: UTF8.self)
    let other = text.replacing(old, with: new)
    #expect(other != text)
    try write(Self.signed(other) + bytes[(line + 1 + size)...], to: path)
  }

  /// What an entry begins with that tells a text.
  static func signed(_ text: String) -> [UInt8] {
    Array("\(StoredObservation.sha256(text)) \(text.utf8.count)\n\(text)".utf8)
  }
}
