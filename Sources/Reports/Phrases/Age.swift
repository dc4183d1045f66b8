package import Posture

/// A length of time as people write it: `3d 4h`, `25m`.
package enum Age {
  package static func text(since: Instant, now: Instant) -> String {
    text(now.secondsSince1970 - since.secondsSince1970)
  }

  package static func text(_ seconds: Int) -> String {
    let seconds = max(0, seconds)
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60)
    if days > 0 { return hours > 0 && days < 10 ? "\(days)d \(hours)h" : "\(days)d" }
    if hours > 0 { return minutes > 0 ? "\(hours)h \(minutes)m" : "\(hours)h" }
    return minutes > 0 ? "\(minutes)m" : "\(seconds)s"
  }
}
