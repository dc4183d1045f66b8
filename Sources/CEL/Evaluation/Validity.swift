internal import Synchronization

/// For which times what was evaluated stays as it is.
///
/// The time moves on, and with it what is the time plus or minus a span. A comparison of such a value turns when the time comes
/// to the other one, and narrows the times to those before; whatever else is done with the time holds for that moment alone.
/// One of these serves all evaluations for an instance, of all threads.
package final class Validity: Sendable {
  private let now: Int64
  private let first: Atomic<Int64>
  private let last: Atomic<Int64>

  /// How far it looks, in seconds: a year.
  private static let reach: Int64 = 366 * 86_400
  /// The same in nanoseconds.
  static let span = Int128(reach) * 1_000_000_000

  /// - Parameter now: What the evaluations read as the time, in seconds since 1970.
  package init(at now: Int64) {
    self.now = now
    first = Atomic(now - Self.reach)
    last = Atomic(now + Self.reach)
  }

  /// The first and the last of the times, in seconds since 1970: at most a year before and after the time itself.
  package var seconds: ClosedRange<Int64> {
    first.load(ordering: .relaxed)...last.load(ordering: .relaxed)
  }

  /// What was evaluated holds for the time itself alone.
  func end() {
    first.store(now, ordering: .relaxed)
    last.store(now, ordering: .relaxed)
  }

  /// A value that moves with the time was compared with one that does not.
  ///
  /// - Parameter distance: How much later the other one is, in nanoseconds.
  func narrow(distance: Int128) {
    // Where they are the same, the next moment tells another story than this one, and the one before as well.
    let whole = Int64(clamping: max(0, abs(distance) - 1) / 1_000_000_000)
    if whole >= Self.reach { return }
    if distance >= 0 { last.min(now + whole, ordering: .relaxed) }
    if distance <= 0 { first.max(now - whole, ordering: .relaxed) }
  }

  /// Two values were compared.
  func narrow(_ one: MovingCell, _ other: MovingCell) {
    let slope = one.slope - other.slope
    if slope == 0 { return }
    guard abs(slope) == 1 else { return end() }
    let distance: Int128
    switch (one.cell, other.cell) {
    case (.timestamp(let one), .timestamp(let other)):
      distance = other.totalNanoseconds - one.totalNanoseconds
    case (.duration(let one), .duration(let other)):
      distance = Int128(other.totalNanoseconds) - Int128(one.totalNanoseconds)
    // Values of other types are an error at any time.
    default: return
    }
    narrow(distance: distance * Int128(slope))
  }

  /// Two values were added or subtracted: whether the sum is out of range must not turn.
  func added(_ one: MovingCell, _ other: MovingCell, _ operation: Arithmetic) {
    let slopes = abs(one.slope) + abs(other.slope)
    if slopes == 0 { return }
    let sign: Int128 = operation == .add ? 1 : -1
    let sum: Int128
    let ends: ClosedRange<Int128>
    switch (one.cell, other.cell) {
    case (.timestamp(let time), .duration(let span)):
      (sum, ends) = (time.totalNanoseconds + sign * Int128(span.totalNanoseconds), Timestamp.ends)
    case (.duration(let span), .timestamp(let time)):
      (sum, ends) = (time.totalNanoseconds + Int128(span.totalNanoseconds), Timestamp.ends)
    case (.timestamp(let one), .timestamp(let other)):
      (sum, ends) = (one.totalNanoseconds - other.totalNanoseconds, TimeSpan.ends)
    case (.duration(let one), .duration(let other)):
      sum = Int128(one.totalNanoseconds) + sign * Int128(other.totalNanoseconds)
      ends = TimeSpan.ends
    default: return
    }
    let distance = min(abs(sum - ends.lowerBound), abs(sum - ends.upperBound))
    if distance <= Int128(slopes) * Self.span { end() }
  }
}

/// A value, and how it moves.
struct MovingCell {
  let cell: Cell
  /// How many seconds later, or longer, it becomes with each second.
  var slope = 0
}

extension Timestamp {
  fileprivate static let ends =
    Int128(range.lowerBound) * 1_000_000_000...Int128(range.upperBound) * 1_000_000_000
}

extension TimeSpan {
  fileprivate static let ends = Int128(Int64.min)...Int128(Int64.max)
}
