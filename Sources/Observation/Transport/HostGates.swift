private import Synchronization

/// Bounds how many requests run at one host, and holds them back while the host asks for it.
///
/// Nobody knows beforehand how much a host bears. So a few requests run at first; each answer that asks for no patience
/// makes room for one more, until there is no more to do or the connector's `concurrency` is reached; an answer that asks for
/// patience halves the room, which then grows by one only when as many answers as there is room for have come.
///
/// Shared by all instances of a run: many tenants may live at one host.
package final class HostGates: Sendable {
  /// Requests that run at a host of which nothing is known yet.
  package static let firstWidth = 8

  private struct Gate {
    /// How many requests may run, as far as the host has shown.
    var width = Double(HostGates.firstWidth)
    /// How many requests the vendor says are left in its window; nil where it does not say.
    var left: Int?
    /// How often the room was halved.
    var narrowings = 0
    var running = 0
    var waiting: [(limit: Int, begin: CheckedContinuation<Void, Never>)] = []
    var pausedUntil = 0.0

    /// More than what is left would be refused; one must find out when there is more.
    private func room(within limit: Int) -> Int {
      max(1, min(Int(width), limit, left ?? limit))
    }

    /// - Returns: Whether there was room for one more.
    mutating func admit(within limit: Int) -> Bool {
      guard running < room(within: limit) else { return false }
      running += 1
      return true
    }

    /// Lets requests begin while there is room.
    mutating func admitWaiting() {
      while let next = waiting.first, admit(within: next.limit) {
        waiting.removeFirst()
        next.begin.resume()
      }
    }
  }

  /// A place that a request has.
  struct Place: Sendable {
    fileprivate let host: String
    /// How often the room had been halved when the request began.
    fileprivate let narrowings: Int
    fileprivate let limit: Int
    /// When the request may begin, in seconds since 1970.
    let opening: Double
  }

  private let gates = Mutex<[String: Gate]>([:])

  package init() {}

  private func with<Value>(_ host: String, _ body: (inout Gate) -> sending Value) -> sending Value {
    gates.withLock { body(&$0[host, default: Gate()]) }
  }

  /// Waits for a place at the host.
  ///
  /// - Parameter limit: How many requests may run there at the most.
  func enter(_ host: String, limit: Int) async -> Place {
    if !with(host, { $0.admit(within: limit) }) {
      await withCheckedContinuation { begin in
        with(host) { gate in
          gate.waiting.append((limit: limit, begin: begin))
          // Somebody may have left meanwhile.
          gate.admitWaiting()
        }
      }
    }
    return with(host) { gate in
      Place(host: host, narrowings: gate.narrowings, limit: limit, opening: gate.pausedUntil)
    }
  }

  /// Gives the place to the next one.
  func leave(_ place: Place) {
    with(place.host) { gate in
      gate.running -= 1
      gate.admitWaiting()
    }
  }

  /// Gives the place to the next one, after an answer that asks for no patience.
  ///
  /// - Parameter left: How many requests the vendor says are left; nil where it does not say.
  func widen(_ place: Place, left: Int?) {
    with(place.host) { gate in
      gate.running -= 1
      gate.left = left
      let step = gate.narrowings == 0 ? 1 : 1 / gate.width
      gate.width = min(gate.width + step, max(gate.width, Double(place.limit)))
      gate.admitWaiting()
    }
  }

  /// An answer came that asks for patience. The place is still to be given to the next one.
  ///
  /// Requests that began before the room was halved tell nothing about what is left of it.
  ///
  /// - Returns: How many requests may run from now on.
  @discardableResult
  func narrow(_ place: Place) -> Int {
    with(place.host) { gate in
      if gate.narrowings == place.narrowings {
        gate.width = max(1, (min(gate.width, Double(place.limit)) / 2).rounded(.down))
        gate.narrowings += 1
      }
      return Int(gate.width)
    }
  }

  /// No request begins before that time.
  func pause(_ host: String, until time: Double) {
    with(host) { $0.pausedUntil = max($0.pausedUntil, time) }
  }
}
