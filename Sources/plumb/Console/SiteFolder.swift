private import Foundation
internal import Reconciler

/// A folder that holds a site and nothing else: what was written before and is no page any more goes.
struct SiteFolder {
  private let path: String

  /// Lists the files of the site, so that nothing else is ever deleted.
  private static let listName = ".plumb-site"

  init(_ path: String) { self.path = path }

  /// - Throws: ``Failure`` where the folder holds something that Plumb did not write.
  func check() throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return }
    guard isFolder.boolValue else {
      throw Failure("\(path) is a file: name a folder for the site")
    }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      throw Failure("\(path) cannot be read: \(error.localizedDescription)")
    }
    if !names.isEmpty && !names.contains(Self.listName) {
      throw Failure(
        "\(path) holds files, and no site that plumb wrote: name a new or an empty folder")
    }
  }

  /// Writes the files, then deletes those of the last time that are none any more.
  func write(_ files: [(path: String, bytes: [UInt8])]) throws {
    let before = listed
    var made: Set<String> = []
    for file in files {
      let place = "\(path)/\(file.path)"
      let folder = (place as NSString).deletingLastPathComponent
      if made.insert(folder).inserted { try make(folder) }
      try file.bytes.write(toFile: place)
    }
    let list = files.map(\.path).sorted().joined(separator: "\n") + "\n"
    try Array(list.utf8).write(toFile: "\(path)/\(Self.listName)")
    for old in before.subtracting(files.map(\.path)) {
      try? FileManager.default.removeItem(atPath: "\(path)/\(old)")
    }
  }

  private func make(_ folder: String) throws {
    try RepositoryLinks.refuse(on: folder)
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure("\(folder) cannot be made: \(error.localizedDescription)")
    }
  }

  /// The files of the last time: pages, and the stylesheet and script beside them, whatever the list says.
  private var listed: Set<String> {
    guard let data = FileManager.default.contents(atPath: "\(path)/\(Self.listName)") else {
      return []
    }
    let page = /(?:[a-z0-9-]+\/){0,2}[a-z0-9-]+\.(?:html|css|js)/
    return Set(
      String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
        .filter { $0.wholeMatch(of: page) != nil })
  }

  /// A name for each repository: the last part of its place, numbered where two are alike.
  static func names(of places: [String]) -> [(name: String, place: String)] {
    var taken: Set<String> = []
    return places.map { place in
      var parts = place.split(whereSeparator: { "/:".contains($0) }).map(String.init)
      if parts.last == "." || parts.last == ".." || parts.isEmpty {
        parts = [
          (URL(fileURLWithPath: place).standardizedFileURL.lastPathComponent)
        ]
      }
      var name = (parts.last ?? "repository").lowercased()
      if name.hasSuffix(".git") { name.removeLast(4) }
      name = String(
        name.unicodeScalars.map { scalar in
          ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) ? Character(scalar) : "-"
        })
      while name.hasPrefix("-") { name.removeFirst() }
      while name.hasSuffix("-") { name.removeLast() }
      if name.isEmpty { name = "repository" }
      var unique = name
      var number = 2
      while !taken.insert(unique).inserted {
        unique = "\(name)-\(number)"
        number += 1
      }
      return (unique, place)
    }
  }
}
