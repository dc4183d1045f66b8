/// A list of a verdict: its elements, or the text that has them.
enum VerdictList<Element: Recorded & Hashable & Sendable>: Sendable {
  case elements([Element])
  case text(ListText)

  var elements: [Element] {
    switch self {
    case .elements(let elements): elements
    case .text(let text): text.elements()
    }
  }

  var text: ListText? {
    if case .text(let text) = self { text } else { nil }
  }

  /// Whether both are one and the same, which takes no look at the elements; false where it takes one.
  func isSame(as other: Self) -> Bool { text != nil && text === other.text }
}

extension VerdictList: Hashable {
  static func == (left: Self, right: Self) -> Bool {
    left.isSame(as: right) || left.elements == right.elements
  }

  func hash(into hasher: inout Hasher) { hasher.combine(elements) }
}

extension VerdictList<AffectedResource> {
  /// Whether the same resources are listed by the order and the identities.
  fileprivate func isAlike(_ other: Self) -> Bool {
    if isSame(as: other) { return true }
    let (one, other) = (elements, other.elements)
    // By place: an iterator would copy each.
    return one.count == other.count && one.indices.allSatisfy { one[$0].key == other[$0].key }
  }
}

extension Verdict {
  /// The texts of its lists that are known.
  package var texts: [ListText] { [affectedList.text, settingsList.text].compactMap(\.self) }

  /// Whether the other is what is read of it where it is written.
  package func isRecorded(as other: Self) -> Bool {
    var recorded = self
    recorded.faults = []
    return recorded == other
  }

  /// The same verdict with the texts of its lists, of another that was read of what was written.
  package func withTexts(of other: Self) -> Self {
    var verdict = self
    verdict.affectedList = other.affectedList
    verdict.settingsList = other.settingsList
    return verdict
  }

  /// Whether the same resources are affected by the order and the identities that are listed.
  package func affectsAlike(_ other: Self) -> Bool { affectedList.isAlike(other.affectedList) }

  /// Whether the same values are recorded.
  package func isSetAlike(_ other: Self) -> Bool { settingsList == other.settingsList }
}

extension Decision {
  /// Whether the same resources are affected by the order and the identities that are listed.
  package func affectsAlike(_ other: Self) -> Bool { affectedList.isAlike(other.affectedList) }
}
