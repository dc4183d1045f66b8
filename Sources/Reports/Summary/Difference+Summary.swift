internal import Posture

extension Recommendation.Difference {
  /// `cisa-scuba MS.AAD.6.1v1 is judged more strictly than published`
  var summary: String {
    "\(framework) \(id) is judged \(direction == .stricter ? "more strictly" : "more leniently") than published"
  }
}
