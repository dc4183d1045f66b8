internal import JSON
package import Posture
internal import Text
internal import YAML

/// The verdicts that today's observations give at the time of the recorded judgement. They tell a
/// tenant that changed from one that only the passing of time makes look different.
package struct EarlierVerdicts: Sendable {
  /// By instance and recommendation.
  private var verdicts: [String: [String: Verdict]] = [:]

  /// No verdicts: nothing was judged once more.
  package init() {}

  /// - Parameter verdicts: By instance and recommendation.
  package init(_ verdicts: [String: [String: Verdict]]) { self.verdicts = verdicts }

  /// The verdicts on one instance, by recommendation.
  func verdicts(on instance: String) -> [String: Verdict] { verdicts[instance] ?? [:] }

  /// What to judge once more.
  package struct Question: Sendable {
    /// The instance as it is declared now.
    package let instance: Instance
    /// The time of the recorded judgement.
    package let at: Instant
    /// The digest of the observation: another one answers nothing.
    package let observation: String
    /// The names of the recommendations to judge, which all read the clock.
    package let recommendations: Set<String>
  }

  /// The recommendations that read the clock and whose verdicts differ from the recorded ones; all
  /// others say at any time what they say now.
  package static func questions(
    _ observations: [String: InstanceObservation], recorded: Snapshot, state: DesiredState,
    compiled: CompiledState
  ) -> [Question] {
    state.instances.compactMap { instance in
      guard case .observed(let summary, let seen, _)? = observations[instance.name],
        let earlier = recorded.instances[instance.name], earlier.recommendations,
        earlier.digest == instance.digest, let at = earlier.judgedAt
      else { return nil }
      let readers = compiled.readers(of: "now", app: instance.app.value)
      let digests = Dictionary(
        firstOf: state.recommendations(of: instance.app.value).map { ($0.name, $0.digest) })
      let asked = earlier.results.filter { old in
        readers.contains(old.name) && digests[old.name] == old.digest
          && seen[old.name].map { !$0.isAlike(old.verdict) } ?? false
      }
      guard !asked.isEmpty else { return nil }
      return Question(
        instance: instance, at: at, observation: summary.digest,
        recommendations: Set(asked.map(\.name)))
    }
  }
}

extension Verdict {
  /// Whether a plan would tell the same of the other verdict.
  fileprivate func isAlike(_ other: Verdict) -> Bool {
    isEqual(to: other) && isSetAlike(other) && affectsAlike(other)
  }

  /// Whether the other verdict has the same compliance and the same numbers behind it.
  func isEqual(to other: Verdict) -> Bool {
    (compliance, counted, compliantCount, affectedCount)
      == (other.compliance, other.counted, other.compliantCount, other.affectedCount)
  }

  /// The identities of the affected resources; nil where not all of them are written down.
  var affectedIDs: Set<ExactText>? {
    affected.count == affectedCount ? Set(affected.map(\.key)) : nil
  }
}

extension Snapshot {
  /// Notes with each result, for the record, why it stands as it does: two reports are compared
  /// later without their observations.
  mutating func noteCauses(of changes: [Change]) {
    typealias Causes = (verdict: Change.Cause?, affected: Change.Cause?)
    var causes: [String: [String: Causes]] = [:]
    for change in changes {
      guard let instance = change.instance, let recommendation = change.recommendation else {
        continue
      }
      func note(_ body: (inout Causes) -> Void) {
        body(&causes[instance, default: [:]][recommendation, default: (nil, nil)])
      }
      switch change.type {
      case .new, .regressed, .resolved, .complianceChanged: note { $0.verdict = change.cause }
      case .affectedAdded, .affectedRemoved:
        // Of several, what the tenant did is told first.
        note { if $0.affected == nil || $0.affected == .time { $0.affected = change.cause } }
      default: break
      }
    }
    instances.update { instance in
      guard let causes = causes[instance.name] else { return }
      instance.results.update { result in
        guard let noted = causes[result.name] else { return }
        result.cause = noted.verdict ?? result.cause
        result.affectedCause = noted.affected ?? result.affectedCause
      }
    }
  }
}
