/// The declared name that a misspelt one was perhaps meant to be.
enum Suggestion {
  /// The nearest candidate, when it is near: about one slip in three letters.
  static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    let letters = Array(name.utf8.prefix(100))
    let allowed = max(1, letters.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in candidates
    where abs(candidate.utf8.count - letters.count) <= allowed && candidate != name {
      let distance = distance(letters, Array(candidate.utf8))
      guard distance <= allowed else { continue }
      if let current = best, (current.distance, current.name) <= (distance, candidate) { continue }
      best = (candidate, distance)
    }
    return best?.name
  }

  /// How many letters must be inserted, removed, replaced or swapped with their neighbour.
  static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var before: [Int] = []
    var previous = Array(0...right.count)
    for (row, letter) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        var cost = min(
          previous[column + 1] + 1, current[column] + 1,
          previous[column] + (letter == other ? 0 : 1))
        if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
          cost = min(cost, before[column - 1] + 1)
        }
        current.append(cost)
      }
      before = previous
      previous = current
    }
    return previous[right.count]
  }
}
