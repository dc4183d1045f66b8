internal import Connectors
package import JSON
internal import Synchronization

/// A recorded text of results whose lists of resources are left unread until somebody asks for one.
package struct RecordedText: Sendable {
  /// What is read of it now.
  package let view: JSONView
  /// The text of that: numbers stand for the lists.
  package let rest: ArraySlice<UInt8>
  /// How many numbers do.
  package let numbers: Int
  /// The lists that they stand for.
  package let texts: [ListText]
  let lists: CutLists

  /// The members of a result that may be long.
  private static let names = ["affected", "settings"]
  /// In the document, its list of results, and the result.
  private static let depth = 3

  /// A text that this program wrote, in the pretty layout: no list is read.
  package init(own bytes: [UInt8]) throws(JSONError) {
    let cut = JSONCut(bytes, of: Self.names, depth: Self.depth)
    try self.init(cut.rest[...], numbers: cut.count, lists: cut.lists.map { ListText($0) })
  }

  /// Any text: of lists that are known, none is read that has the same bytes.
  package init(_ bytes: [UInt8], knowing known: [ListText]) throws(JSONError) {
    let cut = JSONCut(bytes, of: Self.names, depth: Self.depth, known: known.map(\.bytes))
    try self.init(cut.rest[...], numbers: cut.count, lists: known)
  }

  /// A text that was cut before.
  ///
  /// - Parameters:
  ///   - numbers: How many numbers stand for lists in it.
  ///   - lists: The lists that they stand for.
  package init(
    _ rest: ArraySlice<UInt8>, numbers: Int, lists: [ListText]
  ) throws(JSONError) {
    view = try JSONView(parsing: Array(rest))
    self.rest = rest
    self.numbers = numbers
    texts = lists
    self.lists = CutLists(lists, put: numbers)
  }

  /// Whether every list that was left unread is one of a result that was read.
  package var isTaken: Bool { lists.isTaken }

  /// Copies such lists to where they are written again.
  ///
  /// - Parameter members: What is written of each resource.
  package static func copier(of members: [String]) -> JSONListCopier {
    JSONListCopier(members: members, depth: depth)
  }
}

/// The lists of a text that numbers stand for in it.
final class CutLists: Sendable {
  private let lists: [ListText]
  private let open: Mutex<Int>

  /// - Parameter count: How many numbers stand for them.
  init(_ lists: [ListText], put count: Int) {
    self.lists = lists
    open = Mutex(count)
  }

  var isTaken: Bool { open.withLock { $0 == 0 } }

  /// The list of a number.
  func take(_ number: Int) -> ListText? {
    guard lists.indices.contains(number) else { return nil }
    open.withLock { $0 -= 1 }
    return lists[number]
  }
}

/// The text of a list, and its elements once somebody asked for them.
///
/// A class: what was seen and what is recorded may have the same one, which is read once then, and never to be compared.
package final class ListText: Sendable {
  package let bytes: ArraySlice<UInt8>
  /// Their SHA-256.
  package let digest: String
  private let known = Mutex<(any Sendable)?>(nil)

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    digest = Digest.sha256(bytes)
  }

  /// Nil where the digest of the bytes is another.
  package convenience init?(_ bytes: ArraySlice<UInt8>, digest: String) {
    self.init(bytes)
    guard self.digest == digest else { return nil }
  }

  func elements<Element: Recorded & Sendable>() -> [Element] {
    known.withLock { known in
      if let elements = known as? [Element] { return elements }
      // Of a text that is known by its digest as this program's own, or was read before; another has no elements.
      var elements: [Element] = []
      if let view = try? JSONView(parsing: Array(bytes)) {
        elements =
          (try? view.elements.map { try Element(StateReader(path: "", value: $0)) }) ?? []
      }
      known = elements
      return elements
    }
  }
}
