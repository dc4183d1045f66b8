internal import JSON

/// The resources of a collection that conditions read as a list, and what is amiss with their fields: looked for once for
/// all recommendations that ask.
struct GuardedList {
  let views: [JSONView]
  /// The places of those that say of fields that the vendor does not know them.
  let unsure: [Int]
  /// By the guard's place.
  private var known: [Int: First] = [:]

  /// The first resource in which a field can't be read; nil for none.
  private typealias First = (place: Int, fault: String)?

  init(_ views: [JSONView]) {
    self.views = views
    unsure = views.indices.filter { views[$0][ObservedResource.unknownMember] != nil }
  }

  /// The first resource in which the guard's field can't be read, and why.
  mutating func firstFault(of guarded: FieldGuard) -> (place: Int, fault: String)? {
    if let first = known[guarded.place] { return first }
    var first: First = nil
    for (place, view) in views.enumerated() {
      if let fault = guarded.fault(in: view) {
        first = (place, fault)
        break
      }
    }
    known[guarded.place] = .some(first)
    return first
  }
}
