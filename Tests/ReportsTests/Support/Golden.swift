import Foundation
import Testing

/// Compares output with a file in `Snapshots/`.
///
/// `PLUMB_RECORD=1` writes the files anew; such a run fails all the same, so that nobody takes it
/// for a test. Look at the diff, then run again without.
enum Golden {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Snapshots")

  static func expect(
    _ output: String, matches name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = folder.appending(path: name)
    if ProcessInfo.processInfo.environment["PLUMB_RECORD"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(output.utf8).write(to: file)
      Issue.record("recorded \(name) anew", sourceLocation: sourceLocation)
      return
    }
    guard let data = try? Data(contentsOf: file) else {
      Issue.record(
        "no snapshot \(name); record it with PLUMB_RECORD=1", sourceLocation: sourceLocation)
      return
    }
    let expected = String(decoding: data, as: UTF8.self)
    if output == expected { return }
    Issue.record(
      "\(name) differs\n\(firstDifference(expected, output))", sourceLocation: sourceLocation)
  }

  private static func firstDifference(_ expected: String, _ actual: String) -> String {
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
    let line = zip(old, new).prefix { $0 == $1 }.count
    func at(_ lines: [Substring]) -> String { line < lines.count ? String(lines[line]) : "(end)" }
    return "line \(line + 1)\n  snapshot: \(at(old))\n  now:      \(at(new))"
  }
}
