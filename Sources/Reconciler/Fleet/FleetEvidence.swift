package import Posture

/// What the parts of a fleet say of its instances, in place of what is stored here.
package struct FleetEvidence: Sendable {
  /// By instance.
  let records: [String: AssessmentRecord]
  /// Instances of which no part says anything, and that are taken as not observed.
  let missing: Set<String>
  /// When they would have been.
  let at: Instant

  package init(_ merged: PartsMerger.Outcome, at: Instant) {
    records = merged.records
    missing = Set(merged.missing)
    self.at = at
  }

  /// Why an instance of which no part came is not seen.
  private static let absence = Fault(.absent, "no part of the fleet has it")

  /// For each instance that the state assesses, what could be seen of it.
  func observations(of state: DesiredState) -> [String: InstanceObservation] {
    var observations: [String: InstanceObservation] = [:]
    for instance in state.instances where instance.recommendations {
      observations[instance.name] = records[instance.name]?.observation ?? .absent
    }
    return observations
  }

  /// When it was last tried in vain, and why; nil where it was not.
  func attempt(_ instance: String) -> AssessmentRecord.Attempt? {
    if missing.contains(instance) { return .init(at: at, fault: Self.absence) }
    return records[instance]?.attempt
  }

  /// The instances that could not be observed, in order of name.
  var failing: [(instance: String, failure: Fault)] {
    (Array(records.keys) + missing).sorted().compactMap { name in
      attempt(name).map { (name, $0.fault) }
    }
  }

  /// What was judged once more, of each instance where it was at the time that is asked for.
  func answers(to questions: [EarlierVerdicts.Question]) -> EarlierVerdicts {
    var answers: [String: [String: Verdict]] = [:]
    for question in questions {
      let name = question.instance.name
      guard let earlier = records[name]?.observed?.earlier, earlier.at == question.at else {
        continue
      }
      answers[name] = earlier.verdicts
    }
    return EarlierVerdicts(answers)
  }
}

extension AssessmentRecord {
  /// What a planner takes of it.
  var observation: InstanceObservation {
    if let observed {
      return .observed(
        observed.summary, observed.verdicts, imported: observed.imported?.observation)
    }
    return unreadable.map { .missing($0) } ?? .absent
  }
}
