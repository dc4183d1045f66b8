internal import CGit2

/// The name of an entry within its folder, as the bytes that git compares.
///
/// Swift compares strings by canonical equivalence, which would take two different files for one.
struct TreeName: Hashable, Comparable {
  let bytes: [UInt8]

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// Copies the name of an entry of libgit2.
  init(_ entry: OpaquePointer?) {
    guard let name = git_tree_entry_name(entry) else {
      bytes = []
      return
    }
    var length = 0
    while name[length] != 0 { length += 1 }
    bytes = UnsafeRawBufferPointer(start: name, count: length).map { $0 }
  }

  static func < (left: TreeName, right: TreeName) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

extension TreeEntry {
  /// An entry whose path may hold bytes that are not UTF-8.
  init(pathBytes: [UInt8], mode: FileMode, id: ObjectID) {
    let exact = String(validating: pathBytes, as: UTF8.self)
    self.init(
      path: exact ?? String(decoding: pathBytes, as: UTF8.self), mode: mode, id: id,
      isPathExact: exact != nil)
  }
}
