import Foundation
import JSON

/// The schemas of published standards, which lie beside the package in `../shared/schemas`.
enum PublishedSchemas {
  /// The folder; nil where it is absent, which is said.
  static let folder: URL? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder = root.deletingLastPathComponent().appending(path: "shared/schemas")
    if FileManager.default.fileExists(atPath: folder.path) { return folder }
    print("not run: no published schemas at ../shared/schemas")
    return nil
  }()

  static var isThere: Bool { folder != nil }

  static func json(_ name: String) throws -> JSONValue {
    let url = (folder ?? URL(filePath: "/")).appending(path: name)
    return try JSONValue(parsing: String(decoding: Data(contentsOf: url), as: UTF8.self))
  }
}
