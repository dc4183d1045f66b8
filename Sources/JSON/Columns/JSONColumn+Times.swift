// Times as most vendors write them; every other form is left to others.

extension JSONColumn {
  /// The microseconds since 1970 of each text `2026-06-01T07:00:00Z`, perhaps with up to six decimals; anything else is
  /// unknown, an error stays one.
  package func time(into result: JSONColumn, rows: Int) {
    var days = DayCache()
    for row in 0..<rows {
      let tag = tags[row]
      guard tag == Tag.text.rawValue else {
        result.tags[row] =
          Self.failure(tag) ?? (tag == Tag.time.rawValue ? tag : Tag.unknown.rawValue)
        result.bits[row] = bits[row]
        continue
      }
      if let time = Self.microseconds(text(row), &days) {
        result.set(row, .time, UInt64(bitPattern: time))
      } else {
        result.set(row, .unknown)
      }
    }
  }

  /// The day that was read last: neighbours mostly share it.
  private struct DayCache {
    var bytes: UInt64 = 0
    var tail: UInt16 = 0
    var days: Int64 = 0
  }

  private static func microseconds(
    _ text: UnsafeBufferPointer<UInt8>, _ cache: inout DayCache
  ) -> Int64? {
    guard (20...27).contains(text.count), let base = text.baseAddress, text.count != 21,
      base[10] == UInt8(ascii: "T"), base[13] == UInt8(ascii: ":"), base[16] == UInt8(ascii: ":"),
      base[text.count - 1] == UInt8(ascii: "Z"),
      let hour = digits(base, 11), hour < 24, let minute = digits(base, 14), minute < 60,
      let second = digits(base, 17), second < 60
    else { return nil }
    let raw = UnsafeRawPointer(base)
    let head = raw.loadUnaligned(as: UInt64.self)
    let tail = raw.loadUnaligned(fromByteOffset: 8, as: UInt16.self)
    if head != cache.bytes || tail != cache.tail {
      guard let days = days(base) else { return nil }
      cache = DayCache(bytes: head, tail: tail, days: days)
    }
    var fraction: Int64 = 0
    if text.count > 20 {
      guard base[19] == UInt8(ascii: ".") else { return nil }
      var scale: Int64 = 1_000_000
      for place in 20..<(text.count - 1) {
        let digit = base[place] &- UInt8(ascii: "0")
        guard digit <= 9 else { return nil }
        scale /= 10
        fraction += Int64(digit) * scale
      }
    }
    let seconds = cache.days * 86_400 + hour * 3_600 + minute * 60 + second
    return seconds * 1_000_000 + fraction
  }

  @inline(__always)
  private static func digits(_ base: UnsafePointer<UInt8>, _ place: Int) -> Int64? {
    let tens = base[place] &- UInt8(ascii: "0")
    let ones = base[place + 1] &- UInt8(ascii: "0")
    return tens <= 9 && ones <= 9 ? Int64(tens) * 10 + Int64(ones) : nil
  }

  /// Days since 1970 of the date that a text begins with; nil when it is none of the years 1 to 9999.
  private static func days(_ base: UnsafePointer<UInt8>) -> Int64? {
    guard base[4] == UInt8(ascii: "-"), base[7] == UInt8(ascii: "-"),
      let century = digits(base, 0), let rest = digits(base, 2),
      let month = digits(base, 5), (1...12).contains(month), let day = digits(base, 8), day >= 1
    else { return nil }
    let year = century * 100 + rest
    guard year >= 1 else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let length: Int64 =
      switch month {
      case 2: isLeap ? 29 : 28
      case 4, 6, 9, 11: 30
      default: 31
      }
    guard day <= length else { return nil }
    // Years that begin in March, so that the leap day is the last.
    let shifted = month > 2 ? year : year - 1
    let era = shifted / 400
    let ofEra = shifted - era * 400
    let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  }
}
