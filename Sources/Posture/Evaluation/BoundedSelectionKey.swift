internal import JSON

/// What a resource is sorted by: whether it is kept last, its identity, and its values where two have the same one (vendors
/// name several policies `Default`, and not every resource has an identifier).
struct BoundedSelectionKey: Comparable {
  let id: String
  /// Whether it makes room for those that are not.
  let isLast: Bool
  private let values: [(name: String, value: JSONValue)]

  init(_ id: String, _ values: [(name: String, value: JSONValue)], isLast: Bool = false) {
    self.id = id
    self.isLast = isLast
    self.values = values
  }

  static func < (left: Self, right: Self) -> Bool {
    left.isLast != right.isLast ? right.isLast : left.comesBefore(right)
  }

  /// Whether it comes first by identity.
  func comesBefore(_ other: Self) -> Bool {
    let (left, right) = (self, other)
    let (one, other) = (ExactText(left.id), ExactText(right.id))
    return one != other ? one < other : ExactText(left.text) < ExactText(right.text)
  }

  static func == (left: Self, right: Self) -> Bool {
    left.isLast == right.isLast && ExactText(left.id) == ExactText(right.id)
      && ExactText(left.text) == ExactText(right.text)
  }

  /// Written out only to tell namesakes apart.
  private var text: String { values.map(\.value.compactText).joined(separator: "\n") }
}
