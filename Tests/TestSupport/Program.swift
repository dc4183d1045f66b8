private import Foundation

/// The program that was built with the tests.
package enum Program {
  /// Nil when only the tests were built.
  package static let path: String? = {
    var folders = [Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent()]
    folders.append(URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent())
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    folders.append(root.appendingPathComponent(".build/debug"))
    return folders.map { $0.appendingPathComponent("plumb").path }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  package struct NotBuilt: Error, CustomStringConvertible {
    package let description = "the program is not built: run 'swift build' first"
  }
}

extension Scratch {
  /// Runs the program in a folder below the scratch folder.
  package func plumb(_ arguments: [String], in folder: String = "repository") throws -> Run {
    try start(arguments, in: folder).finish()
  }

  package func plumb(_ arguments: String..., in folder: String = "repository") throws -> Run {
    try plumb(arguments, in: folder)
  }

  /// Starts the program in a folder below the scratch folder.
  package func start(
    _ arguments: [String], in folder: String = "repository"
  ) throws -> Run.Started {
    guard let program = Program.path else { throw Program.NotBuilt() }
    return try Run.Started(
      program, arguments, in: "\(path)/\(folder)", environment: Self.environment)
  }
}
