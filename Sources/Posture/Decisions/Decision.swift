/// A verdict as it counts: less the resources that exceptions exempt, and with what the
/// organisation has decided.
///
/// Reports show it and scores count it; the ``Verdict`` beside it stays what was observed. Where no
/// exception about resources holds, the two differ in the status alone.
package struct Decision: Sendable, Hashable {
  /// The compliance over the resources that are not exempt.
  package let compliance: Compliance
  /// Why that is unknown or not applicable, or what else is not known.
  package var reason: Reason?
  /// Resources in scope, less the exempt; 1 for one condition over the instance.
  package let counted: Int
  /// How many of the ``counted`` are compliant.
  package let compliantCount: Int
  /// Affected resources, less the exempt; of one condition over the instance, the objects that it blames.
  package var affectedCount: Int
  /// Resources in scope that exceptions about resources take out.
  package let exemptCount: Int
  /// Affected resources, less the exempt, that `planned` exceptions about resources name.
  package let plannedCount: Int
  /// The listed affected resources, less the exempt.
  package var affected: [AffectedResource] {
    get { affectedList.elements }
    set { affectedList = .elements(newValue) }
  }
  var affectedList: VerdictList<AffectedResource>
  /// The text that has them, where they were not read.
  package var affectedText: ListText? { affectedList.text }
  /// What the organisation has decided, or what is left to do; nil when the recommendation does not
  /// apply.
  package var status: Status?
  /// The name of the exception that gave the status; nil when none did.
  package var exception: String?
  /// By name, what each exception about resources says that holds and matches any.
  package let holding: [String: Status]

  /// Takes exempt resources out of a verdict, and gives it its status.
  ///
  /// - Parameters:
  ///   - holding: By name, what each exception about resources says that holds.
  ///   - whole: The exception that decides about the recommendation as a whole.
  package init(_ verdict: Verdict, holding named: [String: Status] = [:], whole: Exception? = nil) {
    let tally = verdict.tally
    holding = named.filter { name, _ in tally.cells.keys.contains { $0.contains(name) } }
    let planning = Set(holding.filter { $0.value == .planned }.keys)
    let exempting = Set(holding.keys).subtracting(planning)
    let rest = exempting.isEmpty ? nil : tally.counts { $0.isDisjoint(with: exempting) }
    exemptCount = rest.map { verdict.counted - $0.total } ?? 0
    if let rest {
      compliance = rest.compliance
      reason =
        rest.total == 0
        ? .everyResourceExempt : rest.error == 0 ? nil : rest.reason ?? verdict.reason
      counted = rest.total
      compliantCount = rest.compliant
      affectedCount = rest.notCompliant
      affectedList = .elements(
        verdict.affected.filter { $0.exceptions.isDisjoint(with: exempting) })
    } else {
      compliance = verdict.compliance
      reason = verdict.reason
      counted = verdict.counted
      compliantCount = verdict.compliantCount
      affectedCount = verdict.affectedCount
      affectedList = verdict.affectedList
    }
    plannedCount =
      planning.isEmpty
      ? 0
      : tally.counts { $0.isDisjoint(with: exempting) && !$0.isDisjoint(with: planning) }
        .notCompliant
    switch compliance {
    case .notApplicable: status = nil
    case .compliant: status = .completed
    case .notCompliant, .unknown:
      if let whole {
        (status, exception) = (whole.status, whole.name)
      } else if affectedCount > 0, plannedCount == affectedCount {
        (status, exception) = (.planned, planning.min())
      } else {
        status = .toAddress
      }
    }
  }

  /// How many resources that are not compliant, or could not be judged, an exception about resources covers.
  package func covered(by exception: String, of tally: Tally) -> Int {
    guard let status = holding[exception] else { return 0 }
    guard status == .planned else {
      let counts = tally.counts { $0.contains(exception) }
      return counts.notCompliant + counts.error
    }
    return tally.counts { names in
      names.contains(exception) && names.allSatisfy { holding[$0].map { $0 == .planned } ?? true }
    }.notCompliant
  }
}
