import Foundation
import TestSupport
import Testing
import YAML

/// A file of this repository that others are to copy.
struct ExampleFile {
  let text: String
  let root: Node

  static let repository: URL = {
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    return root
  }()

  /// - Parameter path: Relative to the repository; a YAML file with one document and no fault.
  init(_ path: String) throws {
    text = try String(contentsOf: Self.repository.appendingPathComponent(path), encoding: .utf8)
    let diagnostics = Diagnostics()
    let documents = YAMLParser.parse(text, file: path, into: diagnostics)
    #expect(diagnostics.all.map(\.description) == [])
    root = try #require(documents.first?.root)
    #expect(documents.count == 1)
  }

  /// Runs a line of a pipeline where there is no repository: wrong usage ends with 64 before that is
  /// seen, anything else with 1.
  static func checkUsage(_ line: String) throws {
    let scratch = try Scratch()
    try scratch.makeFolder("empty")
    let arguments = line.split(separator: " ").dropFirst().map { word in
      word.contains("$") ? "value" : word.trimmingCharacters(in: ["\""])
    }
    let run = try scratch.plumb(arguments, in: "empty")
    #expect(run.status == 1, "\(line): \(run.error)")
    #expect(run.error.contains("no git repository"), "\(line): \(run.error)")
  }
}

extension Node {
  /// A mapping's names and texts; empty when it is none.
  var texts: [String: String] {
    Dictionary(
      (entries ?? []).map { ($0.name, $0.value.scalar ?? "") },
      uniquingKeysWith: { first, _ in first })
  }
}
