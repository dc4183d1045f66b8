internal import JSON
private import Synchronization

/// Parsers of a session's answers, used in turn, so that their memory is asked for once and not for each answer.
final class ParserPool: Sendable {
  private final class Slot: Sendable {
    let parser: Mutex<JSONParser>
    init(_ limits: JSONLimits) { parser = Mutex(JSONParser(limits: limits)) }
  }

  /// Larger answers have a parser for themselves: its memory, many times their size, is not to be kept.
  private static let largest = 256 << 10

  private let limits: JSONLimits
  private let slots: [Slot]
  private let turn = Atomic(0)

  init(limits: JSONLimits) {
    self.limits = limits
    // By its next turn the views of a parser's last document are gone mostly; where one is not, it has another document.
    slots = (0..<4).map { _ in Slot(limits) }
  }

  func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONView {
    if bytes.count <= Self.largest {
      let slot = slots[turn.wrappingAdd(1, ordering: .relaxed).oldValue % slots.count]
      let result = slot.parser.withLockIfAvailable { parser in
        Result { () throws(JSONError) in try parser.parse(bytes) }
      }
      if let result { return try result.get() }
    }
    return try JSONView(parsing: bytes, limits: limits)
  }
}
