extension String {
  /// Whether it stands before another in the order of their bytes, in which git sorts names.
  public func isBefore(_ other: String) -> Bool {
    let (left, right) = (utf8.span, other.utf8.span)
    for place in 0..<min(left.count, right.count) where left[place] != right[place] {
      return left[place] < right[place]
    }
    return left.count < right.count
  }
}
