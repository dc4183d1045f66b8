import Foundation
import TestSupport

/// What a git repository holds, as far as it is the same after every whole run.
struct RepositoryTraces {
  let scratch: Scratch
  /// The repository's own folder, relative to the scratch folder: `repository/.git`, `remotes/company.git`.
  let folder: String

  private var path: String { "\(scratch.path)/\(folder)" }

  /// References and what they point to; the files that are neither objects nor logs; of objects, what is none.
  func text() throws -> String {
    let references = try git("for-each-ref", "--format=%(refname) %(objectname)")
    let head = try String(contentsOf: URL(fileURLWithPath: path + "/HEAD"), encoding: .utf8)
    return ([references, head] + (try files())).joined(separator: "\n")
  }

  /// Fails when an object is missing, broken, or written otherwise than git does.
  func checkWhole() throws { try git("fsck", "--strict", "--no-dangling") }

  @discardableResult
  func git(_ arguments: String...) throws -> String {
    let run = try Run(
      "/usr/bin/env", ["git"] + arguments, in: path, environment: Scratch.environment)
    guard run.status == 0 else {
      throw Scratch.Failure(
        description: "git \(arguments.joined(separator: " ")): \(run.output)\(run.error)")
    }
    return run.output + run.error
  }

  private func files() throws -> [String] {
    let found = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return found.sorted().compactMap { name in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
      if isFolder.boolValue || name.hasPrefix("logs/") || name == "index" { return nil }
      if name.hasPrefix("objects/") {
        let isObject =
          name.wholeMatch(of: /objects\/[0-9a-f]{2}\/[0-9a-f]{38}/) != nil
          || name.wholeMatch(of: /objects\/pack\/pack-[0-9a-f]{40}\.(pack|idx|rev)/) != nil
        return isObject ? nil : name
      }
      // They tell a successor what was under way: nothing.
      let size =
        name.hasSuffix(".lock")
        ? (try? Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))?.count : nil
      return size.map { "\(name) \($0)" } ?? name
    }
  }
}
