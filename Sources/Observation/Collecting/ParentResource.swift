internal import JSON
internal import Posture
internal import Text

/// What is kept of a resource for the collections that are read for it.
struct ParentResource: Sendable {
  /// What children carry as `_parent`: its own identity, behind its parent's where it has one
  /// (`parent/own`).
  let id: String
  private let values: [String: String]

  /// - Parameters:
  ///   - line: The resource as it is stored.
  ///   - identity: The dotted field that identifies it; nil where there is one, or one of each parent.
  ///   - places: Those of the children's templates: `parent.id`.
  /// - Returns: Nil when it has no identity.
  init?(_ line: [UInt8], identity: String?, places: Set<String>) {
    guard let view = try? JSONView(parsing: line) else { return nil }
    let above = view["_parent"]?.string
    guard let identity else {
      // One of each parent is known by it.
      self.init(id: above ?? ResourceIdentity("id").of(view) ?? "", view, places)
      return
    }
    guard let own = ResourceIdentity(identity).of(view) else { return nil }
    self.init(id: above.map { "\($0)/\(own)" } ?? own, view, places)
  }

  private init(id: String, _ view: JSONView, _ places: Set<String>) {
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
