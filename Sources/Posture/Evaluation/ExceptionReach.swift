/// What one exception about resources changes of a verdict.
package struct ExceptionReach: Sendable, Hashable {
  /// The resources that it names and that are not compliant, or could not be judged.
  package var affected: Int
  /// The resources that it alone takes out of the count.
  package var aloneCounted: Int
  /// Of those, the compliant ones.
  package var aloneCompliant: Int
  /// Of those, the ones that are not compliant.
  package var aloneAffected: Int
  /// Affected resources that it alone plans to fix; of one that exempts, those that others plan to.
  package var alonePlanned: Int

  package init(
    affected: Int = 0, aloneCounted: Int = 0, aloneCompliant: Int = 0, aloneAffected: Int = 0,
    alonePlanned: Int = 0
  ) {
    self.affected = affected
    self.aloneCounted = aloneCounted
    self.aloneCompliant = aloneCompliant
    self.aloneAffected = aloneAffected
    self.alonePlanned = alonePlanned
  }
}

extension Evaluation {
  /// The verdict as if an exception about resources were not there. Exact in its counts; which
  /// resources are affected is not told.
  package func without(_ exception: Exception) -> Evaluation {
    guard exception.resources != nil, let reach = exceptionReach[exception.name] else {
      return self
    }
    var other = self
    other.exceptionReach[exception.name] = nil
    other.exceptionMatches[exception.name] = nil
    if exception.status == .planned {
      other.plannedCount -= reach.alonePlanned
      return other
    }
    guard reach.aloneCounted > 0 else { return other }
    other.counted += reach.aloneCounted
    other.compliantCount += reach.aloneCompliant
    other.affectedCount += reach.aloneAffected
    other.plannedCount += reach.alonePlanned
    other.exemptCount -= reach.aloneCounted
    other.compliance =
      if other.affectedCount > 0 {
        .notCompliant
      } else if other.counted > other.compliantCount {
        .unknown
      } else {
        .compliant
      }
    return other
  }
}
