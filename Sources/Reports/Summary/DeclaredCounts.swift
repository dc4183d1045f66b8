package import Posture

/// How much a desired state declares.
package struct DeclaredCounts: Sendable, Hashable {
  package let files: Int
  package let instances: Int
  /// Instances whose recommendations are on.
  package let assessed: Int
  package let initiatives: Int
  package let exceptions: Int
  /// Recommendations that the repository brings or changes.
  package let recommendations: Int

  package init(_ state: DesiredState, files: Int) {
    self.files = files
    instances = state.instances.count
    assessed = state.instances.count(where: \.recommendations)
    initiatives = state.initiatives.count
    exceptions = state.exceptions.count
    recommendations = state.recommendations.count(where: \.isDeclared)
  }

  /// `4 files, 4 instances (3 on), 3 initiatives, 3 exceptions`.
  package var text: String {
    [
      Words.count(files, "file"), "\(Words.count(instances, "instance")) (\(assessed) on)",
      Words.count(initiatives, "initiative"), Words.count(exceptions, "exception"),
    ].joined(separator: ", ")
  }
}
