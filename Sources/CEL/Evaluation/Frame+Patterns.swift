internal import JSON

/// What is made once for all evaluations of an activation.
extension Frame {
  /// A pattern that was computed, compiled at its first use.
  mutating func pattern(_ text: String) throws(Fault) -> RegularExpression {
    if let kept, let pattern = try kept.pattern(text, &self) { return pattern }
    if let known = patterns[text] { return known }
    try step(Self.cost(ofPattern: text))
    let pattern = try RegularExpression(text, limit: limits.pattern)
    keep(pattern)
    return pattern
  }

  /// The steps of compiling a pattern.
  static func cost(ofPattern text: String) -> Int { 1_000 + 16 * text.utf8.count }

  mutating func keep(_ pattern: RegularExpression) {
    if patterns.count >= Self.remembered { patterns.removeAll() }
    patterns[pattern.source] = pattern
    made += 1
  }

  /// Forgets what was made, and what all evaluations have cost.
  mutating func forget() {
    if !patterns.isEmpty { patterns.removeAll() }
    if !zones.isEmpty { zones.removeAll() }
    made = 0
    limit(to: budget)
  }

  /// A time zone that was asked for before.
  func zone(known name: String) -> ZoneOffset? { zones[name] }

  /// Remembers a time zone that was looked up.
  mutating func remember(_ zone: ZoneOffset, _ name: String) {
    if zones.count >= Self.remembered { zones.removeAll() }
    zones[name] = zone
    made += 1
  }
}
