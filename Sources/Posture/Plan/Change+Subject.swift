extension Change {
  /// What a change of a declaration is about: `initiative saas-security, metric guest-access`.
  package var subject: String {
    if let exception { return "exception \(exception)" }
    if let initiative {
      return "initiative \(initiative)" + (metric.map { ", metric \($0)" } ?? "")
    }
    if let instance { return "instance \(instance)" }
    if let recommendation { return "recommendation \(recommendation)" }
    if let document { return document }
    return "settings" + (setting.map { ", \($0)" } ?? "")
  }
}
