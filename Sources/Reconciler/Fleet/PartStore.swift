private import Foundation

/// Where the parts of a fleet are.
package protocol PartStore: Sendable {
  /// What messages call it, and commands name it.
  var name: String { get }

  /// The parts that are there: of one shard, or of all.
  func files(of index: Int?) throws -> [Part.File]

  /// Takes the shard, so that no other process observes its instances too: a token that changes with each use is asked
  /// for once.
  ///
  /// - Parameter isNeeded: Whether the shard has such a token; asked where holding costs something.
  /// - Returns: What holds it until it is released; nil where nothing needs to.
  /// - Throws: ``FleetError`` of code `tryAgain` while another process has it.
  func hold(_ index: Int, where isNeeded: () throws -> Bool) throws -> (any ShardHold)?

  /// Puts a part there, and removes those that it says all of.
  func put(_ file: Part.File, replacing old: Set<String>) throws

  /// Removes everything of the fleet, once it is merged; a folder is left to who made it.
  func clear() throws
}

/// Parts in a folder, which an engine shares or collects.
package struct PartFolder: PartStore {
  private let path: String

  /// The largest part that is read.
  private static let limit = 1 << 30

  package init(_ path: String) { self.path = path }

  package var name: String { path }

  package func files(of index: Int?) throws -> [Part.File] {
    let names: [String]
    do {
      // Artifacts come as a folder for each job.
      names = try FileManager.default.subpathsOfDirectory(atPath: path)
    } catch {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        if index != nil { return [] }
        throw FleetError(
          .refused, "there is no folder \(path): --parts names where 'plumb fleet run' wrote")
      }
      throw FleetError(.refused, "\(path) cannot be read: is it a folder?")
    }
    return try names.sorted().compactMap { name in
      guard let found = Part.File.index(in: name),
        index == nil || index == found
      else { return nil }
      let file = "\(path)/\(name)"
      let attributes = try? FileManager.default.attributesOfItem(atPath: file)
      guard attributes?[.type] as? FileAttributeType == .typeRegular,
        (attributes?[.size] as? Int ?? 0) <= Self.limit
      else {
        throw FleetError(
          .refused, "\(file) is no regular file of at most \(Self.limit) bytes: remove it")
      }
      guard let data = FileManager.default.contents(atPath: file) else {
        // Another run of the shard may just have replaced it.
        if !FileManager.default.fileExists(atPath: file) { return nil }
        throw FleetError(.refused, "\(file) cannot be read")
      }
      return Part.File(name: name, bytes: Array(data))
    }
  }

  package func hold(_ index: Int, where isNeeded: () throws -> Bool) throws -> (any ShardHold)? {
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return try FileShardHold("\(path)/.shard-\(index).lock", shard: index)
  }

  package func put(_ file: Part.File, replacing old: Set<String>) throws {
    let draft = "\(path)/.\(file.name).\(ProcessInfo.processInfo.processIdentifier)"
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try Data(file.bytes).write(to: URL(fileURLWithPath: draft))
      let handle = try FileHandle(forUpdating: URL(fileURLWithPath: draft))
      try handle.synchronize()
      try handle.close()
    } catch {
      try? FileManager.default.removeItem(atPath: draft)
      throw FleetError(
        .tryAgain, "\(path) cannot be written: is the disk full, or the folder another user's?")
    }
    // Whole under its name, or not there.
    guard rename(draft, "\(path)/\(file.name)") == 0 else {
      try? FileManager.default.removeItem(atPath: draft)
      throw FleetError(.tryAgain, "\(path)/\(file.name) cannot be put in its place")
    }
    for name in old where name != file.name {
      try? FileManager.default.removeItem(atPath: "\(path)/\(name)")
    }
  }

  package func clear() {}
}
