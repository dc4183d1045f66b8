/// A point in time with nanoseconds, of the years 1 to 9999.
///
/// langdef, "Abstract Types" and "Timezones": `google.protobuf.Timestamp`.
public struct Timestamp: Hashable, Sendable, Comparable {
  /// Since 1970-01-01T00:00:00Z, without leap seconds.
  public let seconds: Int64
  /// 0 to 999,999,999, counted forward.
  public let nanoseconds: Int32

  /// 0001-01-01T00:00:00Z and the last second of 9999.
  static let range: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// A point in time; nil outside the years 1 to 9999 and for nanoseconds outside a second.
  public init?(seconds: Int64, nanoseconds: Int32 = 0) {
    guard Self.range.contains(seconds), (0..<1_000_000_000).contains(nanoseconds) else {
      return nil
    }
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// Whether the left is before the right.
  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }

  /// The span between two points in time.
  static func - (left: Timestamp, right: Timestamp) -> TimeSpan? {
    TimeSpan(
      Int128(left.seconds - right.seconds) * 1_000_000_000
        + Int128(left.nanoseconds - right.nanoseconds))
  }

  /// The point in time a span later; nil outside the years 1 to 9999.
  func adding(_ span: TimeSpan) -> Timestamp? {
    Timestamp(totalNanoseconds: totalNanoseconds + Int128(span.totalNanoseconds))
  }

  /// The point in time a span earlier; nil outside the years 1 to 9999.
  func subtracting(_ span: TimeSpan) -> Timestamp? {
    Timestamp(totalNanoseconds: totalNanoseconds - Int128(span.totalNanoseconds))
  }

  var totalNanoseconds: Int128 { Int128(seconds) * 1_000_000_000 + Int128(nanoseconds) }

  private init?(totalNanoseconds total: Int128) {
    var (seconds, nanoseconds) = total.quotientAndRemainder(dividingBy: 1_000_000_000)
    if nanoseconds < 0 {
      seconds -= 1
      nanoseconds += 1_000_000_000
    }
    guard let exact = Int64(exactly: seconds) else { return nil }
    self.init(seconds: exact, nanoseconds: Int32(nanoseconds))
  }
}

/// A length of time in nanoseconds, of up to 292 years either way.
///
/// langdef, "Abstract Types": `google.protobuf.Duration`; the range is that of 64 bits, as in the reference
/// implementation.
public struct TimeSpan: Hashable, Sendable, Comparable {
  /// The whole span.
  public let totalNanoseconds: Int64

  /// A span of nanoseconds.
  public init(totalNanoseconds: Int64) {
    self.totalNanoseconds = totalNanoseconds
  }

  /// A span; nil beyond 292 years.
  public init?(seconds: Int64, nanoseconds: Int32 = 0) {
    self.init(Int128(seconds) * 1_000_000_000 + Int128(nanoseconds))
  }

  init?(_ total: Int128) {
    guard let total = Int64(exactly: total) else { return nil }
    totalNanoseconds = total
  }

  /// Whole seconds, cut towards zero.
  public var seconds: Int64 { totalNanoseconds / 1_000_000_000 }

  /// What is left: -999,999,999 to 999,999,999, with the sign of the whole.
  public var nanoseconds: Int32 { Int32(totalNanoseconds % 1_000_000_000) }

  /// Whether the left is the shorter one, or the more negative one.
  public static func < (left: TimeSpan, right: TimeSpan) -> Bool {
    left.totalNanoseconds < right.totalNanoseconds
  }
}
