internal import JSON
internal import Text

/// What is kept of a resource for the collections that are read for each of its kind.
struct ParentResource: Sendable {
  /// What children carry as `_parent`.
  let id: String
  private let values: [String: String]

  /// - Parameters:
  ///   - line: The resource as it is stored.
  ///   - identity: The dotted field that identifies it.
  ///   - places: Those of the children's templates: `parent.id`.
  /// - Returns: Nil when it has no identity.
  init?(_ line: [UInt8], identity: String, places: Set<String>) {
    guard let view = try? JSONView(parsing: line), let id = ResourceIdentity(identity).of(view)
    else {
      return nil
    }
    self.id = id
    values = Dictionary(
      firstOf: places.compactMap { place in
        view.field(String(place.dropFirst("parent.".count))).map { (place, $0) }
      })
  }

  /// Bytes that it takes, roughly.
  var size: Int {
    values.reduce(64 + id.utf8.count) { $0 + $1.key.utf8.count + $1.value.utf8.count }
  }

  func value(_ place: String) -> String? { values[place] }
}
