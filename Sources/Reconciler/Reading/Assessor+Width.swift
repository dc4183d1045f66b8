internal import Observation

extension Assessor {
  /// How many instances are judged at once.
  static var width: Int { OwnFaults.takesOneAtATime ? 1 : Helpers.cores }
  /// How many instances, or files of them, are worth a core of their own.
  static let fewest = 16
}
