/// What somebody who misspelt a name probably meant.
public enum Suggestion {
  /// The candidate that is closest to a name, when one is close enough to be worth naming.
  ///
  /// Close enough is a third of the name's length, at most three edits; an edit inserts, deletes or
  /// replaces a character or swaps two neighbours (optimal string alignment). Upper and lower case
  /// count as equal. Of equally close candidates the first in alphabetical order wins, so that the
  /// order of the candidates never shows.
  ///
  /// - Parameter isShort: Whether a single letter may be meant by another one, as variables have such names.
  /// - Complexity: O(*n* · *m*) for each candidate whose length is near enough.
  public static func closest(
    to name: String, among candidates: some Sequence<String>, isShort: Bool = false
  ) -> String? {
    let wanted = Array(name.lowercased().unicodeScalars)
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate != name {
      let letters = Array(candidate.lowercased().unicodeScalars)
      let allowed = min(3, max(wanted.count, letters.count, 3) / 3)
      // Two words that share no letter at all are never a misspelling of one another.
      guard abs(wanted.count - letters.count) <= allowed,
        isShort || allowed < max(wanted.count, 1)
      else { continue }
      let distance = distance(from: wanted, to: letters)
      guard distance <= allowed else { continue }
      if let found = best, (found.distance, found.name) <= (distance, candidate) { continue }
      best = (candidate, distance)
    }
    return best?.name
  }

  /// `; did you mean 'x'?` for the closest candidate: to end a message.
  ///
  /// - Parameter advice: What to do where no candidate is close: `; ` and this ends the message then.
  public static func hint(
    for name: String, among candidates: some Sequence<String>, otherwise advice: String? = nil
  ) -> String {
    closest(to: name, among: candidates).map { "; did you mean '\($0)'?" }
      ?? advice.map { "; \($0)" } ?? ""
  }

  /// The same, and where no candidate is close, all of them when they are few.
  public static func hintOrList(
    for name: String, among candidates: some Sequence<String>
  ) -> String {
    let known = Set(candidates).sorted()
    return hint(
      for: name, among: known,
      otherwise: (1...20).contains(known.count) ? "known: \(known.joined(separator: ", "))" : nil)
  }

  private static func distance(from left: [Unicode.Scalar], to right: [Unicode.Scalar]) -> Int {
    var twoAbove: [Int] = []
    var above = Array(0...right.count)
    for (row, letter) in left.enumerated() {
      var current = [row + 1]
      current.reserveCapacity(right.count + 1)
      for (column, other) in right.enumerated() {
        var cost = min(
          above[column] + (letter == other ? 0 : 1), above[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
          cost = min(cost, twoAbove[column - 1] + 1)
        }
        current.append(cost)
      }
      (twoAbove, above) = (above, current)
    }
    return above[right.count]
  }
}
