internal import Connectors
private import Foundation
internal import Git
internal import JSON
internal import Reports
internal import YAML

/// Writes the first desired state of a repository.
package enum Starter {
  /// The JSON Schema of every kind, which editors hold the files against.
  private static let schema = ".schema.json"

  /// Creates what is missing; a file that is there already is left alone, but for the schema: that is
  /// Plumb's own, and is written anew when it is another Plumb's.
  ///
  /// - Parameter apps: The apps of which an instance is written as an example, switched off.
  /// - Returns: The files written, relative to the repository's root.
  /// - Throws: ``ReconcileError`` when an app is none, or its example has no place because there are instances already.
  package static func write(
    repository path: String, path folder: String, apps: [String] = []
  ) throws -> [String] {
    let instances = try apps.isEmpty ? instancesInWords : exampleInstances(of: apps)
    let repository = try open(path)
    guard let root = repository.workingDirectory else {
      throw ReconcileError.refused("a bare repository has no working tree to write files into")
    }
    let instancesPath = "\(folder)/\(instancesFile)"
    if let app = apps.first,
      FileManager.default.fileExists(
        atPath: URL(fileURLWithPath: root).appending(path: instancesPath).path)
    {
      throw ReconcileError.refused(
        "\(instancesPath) is there already; 'plumb connect \(app)' adds an instance to it")
    }
    var written: [String] = []
    for (name, text) in files(instances: instances).map({ ("\(folder)/\($0)", $1) }) {
      let url = URL(fileURLWithPath: root).appending(path: name)
      try RepositoryLinks.refuse(on: url.path)
      guard !FileManager.default.fileExists(atPath: url.path) else { continue }
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url, options: .withoutOverwriting)
      written.append(name)
    }
    if try writeSchema(root: root, folder: folder) { written.append("\(folder)/\(schema)") }
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

  /// It is committed with the files that name it, so that it is there in every clone.
  private static func writeSchema(root: String, folder: String) throws -> Bool {
    let url = URL(fileURLWithPath: root).appending(path: "\(folder)/\(schema)")
    try RepositoryLinks.refuse(on: url.path)
    let data = Data(KindSchema.combined().bytes(layout: .pretty) + [UInt8(ascii: "\n")])
    // One that cannot be read is written anew: it is Plumb's own.
    guard (try? Data(contentsOf: url)) != data else { return false }
    try data.write(to: url, options: .atomic)
    return true
  }

  /// The files in the folder of desired state.
  private static func files(instances: String) -> [(name: String, text: String)] {
    [
      (
        "settings.yaml",
        """
        # yaml-language-server: $schema=\(schema)
        # How Plumb behaves for this repository.
        apiVersion: plumb/v1
        kind: Settings
        metadata: { name: settings }
        spec:
          reports: { branch: plumb/reports, path: reports }
          drift: { scoreDropThreshold: 2 }
          exceptions: { maxDuration: 365d, expiringSoon: 14d }
          # What ends a run with exit code 3. 'plumb plan --base' judges by the stricter of a pull request's gates and
          # the base's; what a pull request weakens, 'plumb plan --accept-less' lets through.
          gates:
            newNotCompliant: high
            scoreBelowTarget: warn
            coverageBelow: 60
            expiredException: fail
            staleObservation: fail
            lessAssessed: fail

        """
      ),
      (
        "initiatives.yaml",
        """
        # yaml-language-server: $schema=\(schema)
        # What is tracked with a score and a target. 'plumb catalog list initiatives' lists the built-in ones.
        apiVersion: plumb/v1
        kind: Initiative
        metadata: { name: saas-security }
        spec:
          tracked: on
          targetScore: 80

        """
      ),
      (instancesFile, instances),
    ]
  }

  private static let instancesFile = "instances.yaml"

  private static let instancesHeader = """
    # yaml-language-server: $schema=\(schema)
    # The tenants. 'plumb catalog list connectors' lists the apps; 'plumb connect APP' adds one.

    """

  /// What an instance looks like, as a comment.
  private static let instancesInWords =
    instancesHeader + """
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

  /// One instance of each app with the values that its connector gives as examples. They are off: an example's host
  /// must never be sent anybody's credentials.
  private static func exampleInstances(of apps: [String]) throws -> String {
    var text =
      instancesHeader + """
        # The values are examples: put your own, then write 'recommendations: on'.

        """
    // Whoever names an app twice means it once: names are unique.
    for (index, app) in apps.enumerated() where apps.firstIndex(of: app) == index {
      let connector = try InstanceWriting.connector(of: app) {
        try DeclaredState.declaring($0.document)
      }
      var draft = InstanceDraft(app: app, name: "\(app)-example")
      draft.displayName = "\(connector.displayName) Example"
      draft.isOn = false
      for parameter in connector.parameters where parameter.isMissing(in: [:]) {
        draft.parameters[parameter.name] = parameter.example
      }
      text = try DocumentWriting.appending(
        draft.document, to: Array(text.utf8), file: instancesFile, verbatim: draft.verbatim)
    }
    return text
  }
}
