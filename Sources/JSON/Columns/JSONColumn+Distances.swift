// How far apart times and spans of two columns are.

extension JSONColumn {
  /// The smallest distances between values of a tag, from the left ones to the right ones: of those that come before, or are the
  /// same, and of those that come after, or are the same. Nil where no row has two values of the tag.
  ///
  /// - Parameter tag: Of times, in microseconds, or of spans, in nanoseconds. Distances beyond 64 bits are left out.
  package func nearest(
    to other: JSONColumn, of tag: Tag, rows: Int
  ) -> (below: Int64?, above: Int64?)? {
    var (below, above) = (Int64.min, Int64.max)
    var hasAny = false
    for row in 0..<rows where tags[row] == tag.rawValue && other.tags[row] == tag.rawValue {
      hasAny = true
      let (distance, isFar) = Int64(bitPattern: other.bits[row])
        .subtractingReportingOverflow(Int64(bitPattern: bits[row]))
      if isFar { continue }
      if distance <= 0 { below = max(below, distance) }
      if distance >= 0 { above = min(above, distance) }
    }
    guard hasAny else { return nil }
    return (below == .min ? nil : below, above == .max ? nil : above)
  }

  /// Whether two times are as many microseconds apart as a range has, either way, or a row has a span and something else.
  package func hasDifference(
    from other: JSONColumn, inside range: ClosedRange<Int64>, rows: Int
  ) -> Bool {
    (0..<rows).contains { row in
      let (left, right) = (tags[row], other.tags[row])
      guard left == Tag.time.rawValue, right == Tag.time.rawValue else {
        return left == Tag.span.rawValue || right == Tag.span.rawValue
      }
      let distance = Int64(bitPattern: bits[row]) &- Int64(bitPattern: other.bits[row])
      return range.contains(Int64(clamping: distance.magnitude))
    }
  }
}
