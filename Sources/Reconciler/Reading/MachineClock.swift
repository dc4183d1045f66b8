private import Foundation
internal import Posture

extension Instant {
  /// The machine's time, whatever counts as now.
  static var clock: Instant { Instant(secondsSince1970: Int(Date().timeIntervalSince1970)) }
}
