internal import Observation

extension Assessor {
  /// How many instances are judged at once.
  static var width: Int { OwnFaults.takesOneAtATime ? 1 : Helpers.cores }
}
