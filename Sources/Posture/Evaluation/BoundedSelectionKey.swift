internal import JSON

/// What a resource is sorted by: whether it is kept last, its identity, its values where two have the same one (vendors
/// name several policies `Default`, and not every resource has an identifier), and its place where those are the same too.
struct BoundedSelectionKey: Comparable {
  let id: String
  /// Whether it makes room for those that are not.
  let isLast: Bool
  private let values: [(name: String, value: JSONValue)]
  private let place: Int

  /// - Parameter place: Where it stands in the collection; of elements without one, the first to come is the first.
  init(
    _ id: String, _ values: [(name: String, value: JSONValue)], isLast: Bool = false, place: Int = 0
  ) {
    self.id = id
    self.isLast = isLast
    self.values = values
    self.place = place
  }

  static func < (left: Self, right: Self) -> Bool {
    left.isLast != right.isLast ? right.isLast : left.comesBefore(right)
  }

  /// Whether it comes first by identity.
  func comesBefore(_ other: Self) -> Bool {
    let (left, right) = (self, other)
    let (one, other) = (ExactText(left.id), ExactText(right.id))
    if one != other { return one < other }
    let (text, next) = (ExactText(left.text), ExactText(right.text))
    return text != next ? text < next : left.place < right.place
  }

  static func == (left: Self, right: Self) -> Bool {
    left.isLast == right.isLast && left.place == right.place
      && ExactText(left.id) == ExactText(right.id) && ExactText(left.text) == ExactText(right.text)
  }

  /// Written out only to tell namesakes apart.
  private var text: String { values.map(\.value.compactText).joined(separator: "\n") }
}
