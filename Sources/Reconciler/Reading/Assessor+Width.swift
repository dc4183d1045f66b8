private import Foundation

extension Assessor {
  /// How many instances are judged at once.
  static var width: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }
}
