/// Durations as [ISO 8601](https://en.wikipedia.org/wiki/ISO_8601#Durations) writes them: `P1Y2M3W4DT5H6M7.5S`.
extension TimeSpan {
  /// Reads all designators, in order, each at most once; the smallest may have a fraction, a sign may come first.
  ///
  /// A year counts 365 days and a month 30, as .NET reads the durations of Microsoft Graph
  /// (`XmlConvert.ToTimeSpan`).
  ///
  /// - Returns: nil for anything else, and beyond 292 years.
  public init?(iso8601 text: String) {
    var bytes = Array(text.utf8)[...]
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
    guard bytes.popFirst() == UInt8(ascii: "P"), !bytes.isEmpty else { return nil }
    let second: Int128 = 1_000_000_000
    let day = 86_400 * second
    let dates: [(UInt8, Int128)] = [
      (UInt8(ascii: "Y"), 365 * day), (UInt8(ascii: "M"), 30 * day), (UInt8(ascii: "W"), 7 * day),
      (UInt8(ascii: "D"), day),
    ]
    let times: [(UInt8, Int128)] = [
      (UInt8(ascii: "H"), 3_600 * second), (UInt8(ascii: "M"), 60 * second),
      (UInt8(ascii: "S"), second),
    ]
    var units = dates[...]
    var isTime = false
    var total: Int128 = 0
    var hasFraction = false
    while let next = bytes.first {
      if next == UInt8(ascii: "T") {
        guard !isTime, bytes.count > 1 else { return nil }
        isTime = true
        bytes = bytes.dropFirst()
        units = times[...]
        continue
      }
      guard !hasFraction, let number = Self.decimal(&bytes) else { return nil }
      hasFraction = number.scale > 1
      guard let unit = bytes.popFirst(),
        let position = units.firstIndex(where: { $0.0 == unit })
      else { return nil }
      let size = units[position].1
      units = units[(position + 1)...]
      total += number.whole * size + number.fraction * size / number.scale
      guard total <= Int128(Int64.max) else { return nil }
    }
    self.init(isNegative ? -total : total)
  }

  /// Up to 18 digits before the point and nine behind it; a comma counts as the point.
  private static func decimal(_ bytes: inout ArraySlice<UInt8>)
    -> (whole: Int128, fraction: Int128, scale: Int128)?
  {
    func digits(_ limit: Int) -> (value: Int128, scale: Int128, count: Int)? {
      var value: Int128 = 0
      var scale: Int128 = 1
      var count = 0
      while let byte = bytes.first, byte.isDigit {
        guard count < limit else { return nil }
        value = value * 10 + Int128(byte - UInt8(ascii: "0"))
        scale *= 10
        count += 1
        bytes = bytes.dropFirst()
      }
      return (value, scale, count)
    }
    guard let whole = digits(18), whole.count > 0 else { return nil }
    guard let mark = bytes.first, mark == UInt8(ascii: ".") || mark == UInt8(ascii: ",") else {
      return (whole.value, 0, 1)
    }
    bytes = bytes.dropFirst()
    guard let fraction = digits(9), fraction.count > 0 else { return nil }
    return (whole.value, fraction.value, fraction.scale)
  }
}
