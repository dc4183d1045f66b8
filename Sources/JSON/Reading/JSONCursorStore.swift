/// Places for cursors: where the variables of an evaluator stand in documents.
///
/// Unlike an array it is never copied, so that setting a place is no more than two stores.
public final class JSONCursorStore {
  @usableFromInline let places: UnsafeMutablePointer<JSONCursor?>
  /// How many places there are.
  public let count: Int

  /// Empty places, but for those that another store has filled.
  public init(count: Int, copying other: JSONCursorStore? = nil) {
    self.count = count
    places = .allocate(capacity: count)
    places.initialize(repeating: nil, count: count)
    if let other { places.update(from: other.places, count: min(count, other.count)) }
  }

  deinit { places.deallocate() }

  /// What stands at a place.
  @inlinable public subscript(_ index: Int) -> JSONCursor? {
    get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "there is no such place")
      return places[index]
    }
    set {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "there is no such place")
      places[index] = newValue
    }
  }
}
