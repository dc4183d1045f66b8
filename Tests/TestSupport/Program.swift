private import Foundation

/// The program that was built with the tests.
package enum Program {
  /// Its path; nil when only the tests were built.
  package static let path: String? = {
    let folders = [
      Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent(),
      URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent(),
    ]
    return folders.map { $0.appendingPathComponent("plumb").path }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()
}
