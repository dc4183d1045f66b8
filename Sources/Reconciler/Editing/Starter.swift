private import Foundation
internal import Git

/// Writes the first desired state of a repository.
package enum Starter {
  /// Creates what is missing; a file that is there already is left alone.
  ///
  /// - Returns: The files written, relative to the repository's root.
  package static func write(repository path: String, path folder: String) throws -> [String] {
    let repository = try open(path)
    guard let root = repository.workingDirectory else {
      throw ReconcileError.refused("a bare repository has no working tree to write files into")
    }
    var written: [String] = []
    for (name, text) in files(folder: folder) {
      let url = URL(fileURLWithPath: root).appending(path: name)
      guard !FileManager.default.fileExists(atPath: url.path) else { continue }
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url, options: .withoutOverwriting)
      written.append(name)
    }
    if try ignore(root: root) { written.append(".gitignore") }
    return written
  }

  /// The repository at or above the folder, or a new one in it.
  private static func open(_ path: String) throws -> Repository {
    do {
      return try Repository.open(path: path)
    } catch let error where error.code == .repositoryNotFound {
      return try Repository.`init`(path: path)
    }
  }

  /// Raw observations are not committed.
  private static func ignore(root: String) throws -> Bool {
    let url = URL(fileURLWithPath: root).appending(path: ".gitignore")
    let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    guard !lines.contains(".plumb/"), !lines.contains(".plumb") else { return false }
    let separator = text.isEmpty || text.hasSuffix("\n") ? "" : "\n"
    try Data((text + separator + ".plumb/\n").utf8).write(to: url, options: .atomic)
    return true
  }

  private static func files(folder: String) -> [(String, String)] {
    [
      (
        "\(folder)/settings.yaml",
        """
        # How Plumb behaves for this repository.
        apiVersion: plumb/v1
        kind: Settings
        metadata: { name: settings }
        spec:
          reports: { branch: plumb/reports, path: reports }
          drift: { scoreDropThreshold: 2 }
          exceptions: { maxDuration: 365d, expiringSoon: 14d }
          gates: { newNotCompliant: high, scoreBelowTarget: warn, expiredException: fail }

        """
      ),
      (
        "\(folder)/initiatives.yaml",
        """
        # What is tracked with a score and a target. 'plumb catalog list initiatives' lists the built-in ones.
        apiVersion: plumb/v1
        kind: Initiative
        metadata: { name: saas-security }
        spec:
          tracked: on
          targetScore: 80

        """
      ),
      (
        "\(folder)/instances.yaml",
        """
        # The tenants. 'plumb catalog list connectors' lists the apps.
        #
        # apiVersion: plumb/v1
        # kind: Instance
        # metadata:
        #   name: okta-example
        #   labels: { owner: identity }
        # spec:
        #   app: okta
        #   displayName: Okta Example
        #   recommendations: on
        #   source:
        #     recorded: { path: observations/okta-example }

        """
      ),
    ]
  }
}
