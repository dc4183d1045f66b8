internal import JSON
package import Posture

/// What several parts say of one instance: of observations the newest counts, and of failures too, as one store of
/// observations would keep them.
///
/// Joining is associative, commutative and idempotent: neither the order of parts nor how often one comes matters.
package struct JoinedRecord: Sendable {
  private var observed: [AssessmentRecord.Observed] = []
  private var unreadable: Fault?
  private var attempt: AssessmentRecord.Attempt?
  private let instance: String

  package init(_ record: AssessmentRecord) {
    instance = record.instance
    add(record)
  }

  package mutating func add(_ record: AssessmentRecord) {
    if let new = record.observed {
      let known = observed.first?.summary.observedAt
      if known.map({ $0 < new.summary.observedAt }) ?? true {
        observed = [new]
      } else if known == new.summary.observedAt, !observed.contains(new) {
        observed.append(new)
      }
    }
    // Of two reasons in the same second neither is better: the same one is taken, whichever comes first.
    if let new = record.attempt, attempt.map({ Self.order($0) < Self.order(new) }) ?? true {
      attempt = new
    }
    if let new = record.unreadable, unreadable.map({ $0.detail < new.detail }) ?? true {
      unreadable = new
    }
  }

  private static func order(
    _ attempt: AssessmentRecord.Attempt
  ) -> (Instant, String, String) {
    (attempt.at, attempt.fault.code.rawValue, attempt.fault.detail)
  }

  /// Whether parts say different things of what was observed at the same time.
  package var isContradictory: Bool { observed.count > 1 }

  /// What counts.
  package var record: AssessmentRecord {
    var record = AssessmentRecord(instance: instance)
    record.observed = observed.first
    if observed.isEmpty { record.unreadable = unreadable }
    // What was observed after a failure takes its place.
    if let attempt, observed.first.map({ $0.summary.observedAt <= attempt.at }) ?? true {
      record.attempt = attempt
    }
    return record
  }
}
