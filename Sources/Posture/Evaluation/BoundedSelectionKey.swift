internal import JSON

/// What a resource is sorted by: its identity, and its values where two have the same one (vendors
/// name several policies `Default`, and not every resource has an identifier).
struct BoundedSelectionKey: Comparable {
  let id: String
  private let values: [(name: String, value: JSONValue)]

  init(_ id: String, _ values: [(name: String, value: JSONValue)]) {
    self.id = id
    self.values = values
  }

  static func < (left: Self, right: Self) -> Bool {
    let (one, other) = (ExactText(left.id), ExactText(right.id))
    return one != other ? one < other : ExactText(left.text) < ExactText(right.text)
  }

  static func == (left: Self, right: Self) -> Bool {
    ExactText(left.id) == ExactText(right.id) && ExactText(left.text) == ExactText(right.text)
  }

  /// Written out only to tell namesakes apart.
  private var text: String { values.map(\.value.compactText).joined(separator: "\n") }
}
