/// What scores need to know of one recommendation on one instance.
package struct Standing: Sendable, Hashable {
  /// The instance's name.
  package let instance: String
  /// The recommendation's name.
  package let recommendation: String
  /// What completing it earns.
  package let points: Int
  /// Decides, together with the status, what is earned.
  package let compliance: Compliance
  /// Nil when it does not apply.
  package let status: Status?
  /// Resources that the compliance is computed over.
  package let counted: Int
  /// How many of the counted resources are compliant.
  package let compliantCount: Int

  package init(
    instance: String, recommendation: String, points: Int, compliance: Compliance, status: Status?,
    counted: Int, compliantCount: Int
  ) {
    self.instance = instance
    self.recommendation = recommendation
    self.points = points
    self.compliance = compliance
    self.status = status
    self.counted = counted
    self.compliantCount = compliantCount
  }

  /// Takes compliance, status and both counts from the decision.
  package init(instance: String, recommendation: String, points: Int, decision: Decision) {
    self.init(
      instance: instance, recommendation: recommendation, points: points,
      compliance: decision.compliance, status: decision.status, counted: decision.counted,
      compliantCount: decision.compliantCount)
  }

  /// All its points, or none where it does not apply.
  package var possible: Int { compliance == .notApplicable ? 0 : points }

  /// What it earns now.
  ///
  /// All when completed or resolved elsewhere; nothing while unknown (losing sight of a tenant
  /// never raises a score); else its points × compliant ÷ counted resources.
  package var earned: Fraction {
    if compliance == .notApplicable { return .zero }
    if compliance == .compliant || status?.isResolvedElsewhere == true { return Fraction(points) }
    if compliance == .unknown || counted == 0 { return .zero }
    return Fraction(points * compliantCount, over: counted)
  }

  /// What completing it would add.
  package var remaining: Fraction { Fraction(possible) - earned }

  /// What it would earn if every plan were carried out.
  var planned: Fraction { status == .planned ? Fraction(possible) : earned }

  /// What it would earn if everything were completed but the accepted risks.
  var achievable: Fraction { status == .riskAccepted ? earned : Fraction(possible) }
}
