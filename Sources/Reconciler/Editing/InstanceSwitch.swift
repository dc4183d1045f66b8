private import Foundation
internal import Git
internal import Observation
internal import Posture
internal import Text
internal import YAML

/// Switches the recommendations of instances in the YAML of the working tree, keeping comments and
/// layout.
package enum InstanceSwitch {
  /// What became of one instance's document.
  package struct Edit: Sendable {
    /// The instance's name.
    package let instance: String
    /// Relative to the repository's root.
    package let file: String
    /// Whether the text had to be edited; false when the switch stood there already.
    package let changed: Bool
  }

  /// Every file is edited in memory first: a name that is none leaves all of them as they were.
  package static func set(
    _ names: [String], to state: Bool, repository path: String, path folder: String
  ) throws -> [Edit] {
    let repository = try Repository.open(path: path)
    let files = try DesiredFiles.readWorkingTree(repository, path: folder).files
    guard let root = repository.workingDirectory else { return [] }
    var edits: [Edit] = []
    var texts: [(file: String, text: String)] = []
    var found: Set<String> = []
    var known: Set<String> = []
    for file in files {
      let original = String(decoding: file.bytes, as: UTF8.self)
      guard Array(original.utf8) == file.bytes else { continue }
      let diagnostics = Diagnostics()
      let documents = YAMLParser.parse(file.bytes, file: file.path, into: diagnostics)
      let instances = documents.enumerated().compactMap { index, document -> (Int, String)? in
        guard document.root["kind"]?.scalar == DocumentKind.instance.rawValue,
          let name = document.root["metadata"]?["name"]?.scalar
        else { return nil }
        return (index, name)
      }
      known.formUnion(instances.map(\.1))
      let wanted = instances.filter { names.contains($0.1) }
      guard !wanted.isEmpty else { continue }
      if diagnostics.hasErrors { throw ReconcileError.invalidDesiredState(diagnostics.all) }
      var edit = try YAMLEdit(original, file: file.path)
      for (index, name) in wanted {
        found.insert(name)
        let changed = try set(state, in: &edit, document: index)
        edits.append(Edit(instance: name, file: file.path, changed: changed))
      }
      if edit.text != original { texts.append((file.path, edit.text)) }
    }
    for name in names where !found.contains(name) {
      throw ReconcileError.refused(
        "no instance named '\(name)'" + Suggestion.hintOrList(for: name, among: known))
    }
    let directory = WorkingDirectory(root: root)
    for (file, text) in texts {
      guard let location = try directory.location(of: file) else { continue }
      try Data(text.utf8).write(to: URL(fileURLWithPath: location), options: .atomic)
    }
    return edits.sorted { $0.instance < $1.instance }
  }

  private static func set(
    _ state: Bool, in edit: inout YAMLEdit, document index: Int
  ) throws(YAMLEditError) -> Bool {
    let word = state ? "on" : "off"
    let present = edit.documents[index].root["spec"]?["recommendations"]
    guard let present else {
      // Nothing written means on.
      if state { return false }
      try edit.insert(
        "recommendations", .verbatim(word), into: ["spec"], at: .after("displayName"),
        inDocument: index)
      return true
    }
    if present.scalar == word { return false }
    try edit.set(["spec", "recommendations"], to: .verbatim(word), inDocument: index)
    return true
  }
}
