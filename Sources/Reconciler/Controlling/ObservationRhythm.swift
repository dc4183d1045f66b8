internal import Posture

/// How often instances are observed, as the command line says: a change of desired state buys no storm of requests.
package struct ObservationRhythm: Sendable {
  /// Seconds from one observation of an instance to the next.
  package var interval: Int
  /// The share of the interval by which each is moved at most, earlier or later, so that instances do not come to march in step.
  package var jitter: Double
  /// Seconds that the interval has at least, whatever `maxAge` says.
  package var floor: Int

  package init(interval: Int = 6 * 3_600, jitter: Double = 0.1, floor: Int = 300) {
    self.interval = interval
    self.jitter = jitter
    self.floor = floor
  }

  /// The interval of one instance: half of its `maxAge` at most, so that one observation that fails leaves time for another.
  func interval(of instance: Instance) -> Double {
    let ceiling = instance.api.map { $0.maxAge / 2 } ?? interval
    return Double(max(min(interval, ceiling), floor))
  }

  /// Seconds over which so many instances are spread that begin together: a second each, up to the floor.
  func spread(of count: Int) -> Double { Double(min(count, floor)) }

  /// When an instance is observed first after the start.
  ///
  /// What was observed before the start, and lately, comes in its turn; what is missing or due comes soon, spread by its name, so that a
  /// start with a thousand instances is none of a thousand requests.
  ///
  /// - Parameters:
  ///   - observedAt: When it was observed last; nil for never.
  ///   - spread: Over how many seconds.
  func first(_ instance: Instance, observedAt: Double?, spread: Double, now: Double) -> Double {
    let soon = now + Self.place(of: instance.name) * spread
    guard let observedAt, observedAt <= now else { return soon }
    return max(soon, observedAt + interval(of: instance))
  }

  /// When an instance is observed next after it was.
  ///
  /// - Parameters:
  ///   - isFirst: Whether this process observed it for the first time: then the next time is spread over the second half of the interval,
  ///     by its name, so that those that began together part.
  ///   - chance: In 0..<1.
  func next(_ instance: Instance, after time: Double, isFirst: Bool, chance: Double) -> Double {
    let interval = interval(of: instance)
    let place = isFirst ? (1 + Self.place(of: instance.name)) / 2 : 1
    return time + max(interval * (place + jitter * (2 * chance - 1)), Double(floor) / 2)
  }

  /// A number in 0..<1 that is the same for a name wherever and whenever it is asked for (FNV-1a, 64 bits).
  static func place(of name: String) -> Double {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 {
      hash ^= UInt64(byte)
      hash &*= 0x0000_0100_0000_01b3
    }
    // The multiplication leaves the upper bits of short names alike.
    hash ^= hash >> 33
    hash &*= 0xff51_afd7_ed55_8ccd
    hash ^= hash >> 33
    return Double(hash >> 11) / Double(1 << 53)
  }
}
