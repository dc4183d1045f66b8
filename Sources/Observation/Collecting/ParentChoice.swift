internal import Connectors
internal import Posture

/// The parents that a collection is read for, as its `forEachWhere` chooses them.
struct ParentChoice {
  private(set) var parents: [ParentResource] = []
  /// Why parents may be missing: some lack the field by which they are chosen. Nil where none does.
  private(set) var obstacle: Fault?

  init(of all: [ParentResource], for child: Connector.Collection) {
    var undecided: [String: Int] = [:]
    for parent in all {
      var isChosen = true
      var missing: String?
      for (field, value) in child.parentFilter {
        if let own = parent.value("parent.\(field)") {
          isChosen = isChosen && own == value
        } else {
          missing = missing ?? field
        }
      }
      // One field that says no decides, whatever another would have said.
      guard isChosen else { continue }
      if let missing { undecided[missing, default: 0] += 1 } else { parents.append(parent) }
    }
    obstacle = Fault(
      joining: undecided.sorted { $0.key < $1.key }.map {
        Fault(
          .malformed,
          "\($0.value) of \(all.count) do not say '\($0.key)', by which they are chosen")
      })
  }
}
