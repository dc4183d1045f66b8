/// What became of one recommendation on the instances, report by report.
package struct RecommendationHistory: Sendable {
  /// The recommendation's name.
  package let recommendation: String
  /// The recommendation's title, as the newest report says that has it; nil before any.
  package private(set) var title: String?
  /// By instance.
  private var courses: [String: Course] = [:]

  /// A history without reports.
  package init(of recommendation: String) { self.recommendation = recommendation }

  /// One instance: how the recommendation stands, and what happened.
  package struct Course: Sendable {
    /// The instance's name.
    package let instance: String
    /// The result that the newest report has; nil when the recommendation is no longer in force
    /// there.
    package fileprivate(set) var standing: Snapshot.Result?
    /// What happened, the oldest first.
    package internal(set) var entries: [Entry]
  }

  /// What one report changed.
  package struct Entry: Sendable {
    /// The report that recorded it.
    package let report: ReportReference
    /// What happened.
    package let kind: Kind
    /// The result in the report before; nil where that had none.
    package let before: Snapshot.Result?
    /// The result in this report; nil where it has none.
    package let after: Snapshot.Result?
    /// The exception that came to cover the recommendation, or no longer does; nil for other kinds.
    package let exception: String?
    /// Who declared the exception; nil until git is asked, and for all kinds but `accepted`.
    package var origin: ExceptionPlan.Origin?

    /// Why the verdict or the affected resources changed; nil where the report does not tell, and
    /// for other kinds.
    package var cause: Change.Cause? {
      switch kind {
      case .regressed, .resolved, .complianceChanged: after?.cause
      case .affectedChanged: after?.affectedCause
      default: nil
      }
    }

    /// Whether the verdict differs because the recommendation says something else.
    package var isRedefined: Bool {
      guard let before, let after else { return false }
      return before.digest != after.digest
    }
  }

  /// What can happen to a recommendation on an instance.
  package enum Kind: String, Sendable, CaseIterable {
    /// It was assessed for the first time, or again.
    case assessed
    /// It became not compliant.
    case regressed
    /// More or fewer resources are affected.
    case affectedChanged
    /// It was not compliant and is, or does not apply any more; or was unknown and is compliant.
    case resolved
    /// Its compliance changed otherwise: it became unknown, say.
    case complianceChanged
    /// An exception covers it.
    case accepted
    /// An exception no longer does.
    case acceptanceEnded
    /// It is no longer in force, or the instance is not assessed any more.
    case removed
  }

  // MARK: Building

  /// Adds what the next report says of one instance. The oldest report comes first; one that
  /// changed nothing may be left out.
  ///
  /// - Parameter result: The report's; nil when it has none. Resources and settings are not read.
  package mutating func add(
    _ result: Snapshot.Result?, on instance: String, in report: ReportReference
  ) {
    var course = courses[instance] ?? Course(instance: instance, standing: nil, entries: [])
    let before = course.standing
    guard before != nil || result != nil else { return }
    if let result { title = result.title }
    func add(_ kind: Kind, exception: String? = nil) {
      course.entries.append(
        Entry(
          report: report, kind: kind, before: before, after: result, exception: exception,
          origin: nil))
    }
    if let kind = Self.movement(from: before, to: result) { add(kind) }
    let (old, new) = (before?.coveringExceptions ?? [], result?.coveringExceptions ?? [])
    for name in new.subtracting(old).sorted() { add(.accepted, exception: name) }
    if result != nil {
      for name in old.subtracting(new).sorted() { add(.acceptanceEnded, exception: name) }
    }
    course.standing = result
    courses[instance] = course
  }

  private static func movement(from before: Snapshot.Result?, to after: Snapshot.Result?) -> Kind? {
    guard let after else { return before == nil ? nil : .removed }
    guard let before else { return .assessed }
    let (old, new) = (before.decision, after.decision)
    if old.compliance == new.compliance {
      return new.compliance == .notCompliant && old.affectedCount != new.affectedCount
        ? .affectedChanged : nil
    }
    return switch (old.compliance, new.compliance) {
    case (_, .notCompliant): .regressed
    case (.notCompliant, .compliant), (.unknown, .compliant), (.notCompliant, .notApplicable):
      .resolved
    default: .complianceChanged
    }
  }

  // MARK: Reading

  /// Whether no report had the recommendation on any instance.
  package var isEmpty: Bool { courses.isEmpty }

  /// The names of the instances that ever had it, sorted.
  package var instances: [String] { courses.keys.sorted() }

  /// One course for each instance: first what fails, what is to be addressed before what has
  /// another decision; then what is unknown, then the rest, then where it is no longer in force.
  /// Within each, what changed last comes first.
  package var ordered: [Course] {
    courses.values.sorted { left, right in
      let ranks = (Self.rank(left), Self.rank(right))
      if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
      let times = (left.lastMovement, right.lastMovement)
      return times.0 != times.1 ? times.0 > times.1 : left.instance < right.instance
    }
  }

  private static func rank(_ course: Course) -> Int {
    guard let standing = course.standing else { return 4 }
    return switch standing.decision.compliance {
    case .notCompliant: standing.status == .toAddress ? 0 : 1
    case .unknown: 2
    case .compliant, .notApplicable: 3
    }
  }

  /// The exceptions that came to cover it, each with the commit of the desired state that the
  /// report was made of; each pair once.
  package var acceptances: [(exception: String, desiredRevision: String)] {
    var seen: Set<String> = []
    var found: [(String, String)] = []
    for course in ordered {
      for entry in course.entries where entry.kind == .accepted {
        guard let name = entry.exception, let revision = entry.report.desiredRevision,
          seen.insert("\(revision) \(name)").inserted
        else { continue }
        found.append((name, revision))
      }
    }
    return found
  }

  /// The history with who declared each exception that came to cover the recommendation.
  package func attributed(
    _ origin: (_ exception: String, _ desiredRevision: String) -> ExceptionPlan.Origin?
  ) -> RecommendationHistory {
    var history = self
    for name in courses.keys {
      for index in courses[name]?.entries.indices ?? 0..<0 {
        guard let entry = courses[name]?.entries[index], entry.kind == .accepted,
          let exception = entry.exception, let revision = entry.report.desiredRevision
        else { continue }
        history.courses[name]?.entries[index].origin = origin(exception, revision)
      }
    }
    return history
  }

  /// The history with what happened in a period only; how things stand remains.
  package func limited(to period: HistoryPeriod) -> RecommendationHistory {
    var history = self
    for name in courses.keys {
      history.courses[name]?.entries.removeAll {
        $0.report.at < period.since || $0.report.at > period.until
      }
    }
    return history
  }
}

extension RecommendationHistory.Course {
  fileprivate var lastMovement: Instant {
    entries.last?.report.at ?? Instant(secondsSince1970: 0)
  }
}

extension Snapshot.Result {
  /// The names of the exceptions that gave the status, exempt resources, or plan for them.
  package var coveringExceptions: Set<String> {
    Set(decision.holding.keys)
      .union([exception].compactMap(\.self))
  }
}
