extension Collection<String> {
  /// `a, b, c and 4 more`: the first ones, and how many there are besides.
  package func listed(atMost most: Int) -> String {
    prefix(most).joined(separator: ", ") + (count > most ? " and \(count - most) more" : "")
  }
}
