private import Foundation
internal import Observation

extension Assessor {
  /// How many instances are judged at once.
  static var width: Int {
    OwnFaults.takesOneAtATime ? 1 : max(1, ProcessInfo.processInfo.activeProcessorCount)
  }
}
