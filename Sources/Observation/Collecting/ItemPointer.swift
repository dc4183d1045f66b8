internal import Connectors
internal import JSON
internal import Posture

/// Finds the items of an answer: a JSON pointer in which `*` stands for every element or member.
struct ItemPointer: Sendable {
  private let steps: [String]
  private let source: String

  init(_ pointer: String) {
    source = pointer
    steps = pointer.split(separator: "/").map { String($0) }.map {
      $0.replacing("~1", with: "/").replacing("~0", with: "~")
    }
  }

  /// An item; `key` is the name of its member where it comes from a map, else nil.
  struct Item {
    let key: String?
    let view: JSONView
    /// Where it stands in the answer, as far as that is known.
    var place: UnchangedItem.Place?
  }

  /// The items of an answer.
  enum Page {
    case items([Item])
    /// All elements of a list but nulls. Where the list stands in the answer's text is nil where it is not known.
    case list(JSONView, UnchangedItem.List?)

    var count: Int {
      switch self {
      case .items(let items): items.count
      case .list(let list, _): list.elements.reduce(0) { $1.isNull ? $0 : $0 + 1 }
      }
    }

    /// The items with their places, as far as they are known.
    var items: [Item] {
      let (view, list): (JSONView, UnchangedItem.List?)
      switch self {
      case .items(let items): return items
      case .list(let whole, let place): (view, list) = (whole, place)
      }
      var behind = list?.start ?? 0
      return view.elements.filter { !$0.isNull }.map { view in
        guard let list, let start = list.item(behind: behind) else {
          return Item(key: nil, view: view)
        }
        behind = JSONPlaces.end(of: start, in: list.text.span)
        return Item(
          key: nil, view: view,
          place: UnchangedItem.Place(text: list.text, range: start..<behind))
      }
    }
  }

  /// The items of one answer.
  ///
  /// - Parameters:
  ///   - text: The bytes that the answer was parsed from.
  ///   - mayBeAbsent: Whether a missing list counts as an empty one.
  /// - Throws: ``Fault`` when the answer has another shape: an error that came as a success
  ///   must not pass for an empty list.
  func items(
    of root: JSONView, text: [UInt8] = [], shape: ConnectorRequest.Shape, mayBeAbsent: Bool
  ) throws(Fault) -> Page {
    var found: [JSONView] = []
    var isInside = false
    var current = [root]
    for step in steps {
      if step == "*" {
        isInside = true
        current = current.flatMap { view in
          view.kind == .object ? view.members.map(\.value) : Array(view.elements)
        }
        continue
      }
      let next = current.compactMap { $0[step] }
      // Lists may be empty, and items without the member are none; a value is there.
      guard isInside && shape != .value || mayBeAbsent || next.count == current.count else {
        throw Fault(.malformed, "the answer has no \(source)")
      }
      current = next
    }
    found = current
    if shape == .value, found.count > 1 {
      throw Fault(.malformed, "the answer has \(found.count) \(source), where one is expected")
    }
    var items: [Item] = []
    for view in found {
      switch shape {
      case .value: items.append(Item(key: nil, view: view))
      case .map:
        if view.isNull { continue }
        guard view.kind == .object else { throw wrong(view, "an object") }
        items += view.members.map { Item(key: $0.name, view: $0.value) }
      case .list:
        // With a `*` in the pointer, what it finds are the items already.
        if isInside {
          if !view.isNull { items.append(Item(key: nil, view: view)) }
        } else if view.kind == .array {
          return .list(
            view,
            JSONPlaces.list(in: text, at: steps).map {
              UnchangedItem.List(text: text, start: $0)
            })
        } else if !(view.isNull && mayBeAbsent) {
          throw wrong(view, "a list")
        }
      }
    }
    return .items(items)
  }

  private func wrong(_ view: JSONView, _ expected: String) -> Fault {
    Fault(
      .malformed,
      "\(source.isEmpty ? "the answer" : source) is \(view.kind.rawValue), not \(expected)")
  }
}
