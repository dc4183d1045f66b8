/// Bounds how many requests run at one host, and holds them back while the host asks for it.
///
/// Shared by all instances of a run: many tenants may live at one host.
package actor HostGates {
  private struct Gate {
    var running = 0
    var waiting: [CheckedContinuation<Void, Never>] = []
    var pausedUntil = 0.0
  }

  private var gates: [String: Gate] = [:]

  package init() {}

  /// Waits for a place at the host.
  func enter(_ host: String, limit: Int) async {
    if gates[host, default: Gate()].running < limit {
      gates[host, default: Gate()].running += 1
      return
    }
    await withCheckedContinuation { gates[host, default: Gate()].waiting.append($0) }
  }

  /// Gives the place to the next one.
  func leave(_ host: String) {
    guard var gate = gates[host] else { return }
    if gate.waiting.isEmpty {
      gate.running -= 1
      gates[host] = gate
    } else {
      let next = gate.waiting.removeFirst()
      gates[host] = gate
      next.resume()
    }
  }

  /// No request begins before that time.
  func pause(_ host: String, until time: Double) {
    gates[host, default: Gate()].pausedUntil = max(gates[host]?.pausedUntil ?? 0, time)
  }

  /// When requests may begin, in seconds since 1970.
  func opening(of host: String) -> Double { gates[host]?.pausedUntil ?? 0 }
}
