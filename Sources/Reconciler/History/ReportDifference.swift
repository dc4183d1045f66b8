package import Posture

/// What one report says otherwise than another.
package struct ReportDifference: Sendable {
  package let from: ReportReference
  package let to: ReportReference
  /// The newer report as a plan whose changes lead from the older one. It has no exceptions, no
  /// gates and nothing to apply: reports do not record so much.
  package let plan: Plan
}
