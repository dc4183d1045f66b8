import Foundation

/// The project's own files, which these tests read.
enum House {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The Swift files below a folder.
  static func files(below folder: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
    return (names?.allObjects as? [String] ?? []).filter { $0.hasSuffix(".swift") }
      .map { "\(folder)/\($0)" }
  }
}
