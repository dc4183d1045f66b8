internal import ArgumentParser
internal import Posture
internal import Reconciler
internal import Reports

/// How a run ends: everything that speaks against 0, collected while the run goes on to its end, so
/// that what was to be done is done, all is told, and the gravest gives the code.
///
/// This is the one place where exit codes are made.
struct Ending: Error {
  enum Cause: Int32, CaseIterable {
    // In the order in which one outweighs the next.
    case usage = 64
    /// Of a fleet's shard: something that may pass by itself failed. Its engine runs it again.
    case tryAgain = 75
    /// Of a fleet's shard: something must be changed first. Running it again does not help.
    case configuration = 78
    case error = 1
    case gate = 3
    case changes = 2
  }

  private var causes: Set<Cause> = []

  init(_ causes: Set<Cause> = []) { self.causes = causes }

  /// 0 where nothing speaks against it.
  var code: ExitCode {
    ExitCode(Cause.allCases.first(where: causes.contains)?.rawValue ?? 0)
  }

  /// Notes what was told already.
  mutating func add(_ cause: Cause) { causes.insert(cause) }

  /// Tells of an error.
  mutating func fail(_ text: String) {
    Console.error(text)
    causes.insert(.error)
  }

  /// Does one part of the run. What it throws is told, and the run goes on.
  mutating func attempt(_ part: () throws -> Void) throws {
    do { try part() } catch let failure as Failure { fail(failure.text) } catch {
      guard let text = Failure.text(of: error) else { throw error }
      fail(text)
    }
  }

  /// Judges what a plan or an apply came to.
  ///
  /// - Parameters:
  ///   - isTold: Whether the plan was printed for people, gates and all. Else what fails is told here,
  ///     however quiet the run is to be.
  ///   - allowsUnobserved: Whether it is forgiven that instances could not be observed.
  ///   - countsChanges: Whether changes are to be seen in the code.
  mutating func judge(
    _ outcome: Workspace.PlannedRun, isTold: Bool, allowsUnobserved: Bool,
    countsChanges: Bool = false
  ) {
    let plan = outcome.plan
    // Each was told when it failed.
    if !outcome.unobserved.isEmpty, !allowsUnobserved { causes.insert(.error) }
    // Nobody can forgive that two tenants are declared as one.
    for (instance, failure) in outcome.unobserved where failure.code == .otherTenant {
      fail("\(instance): \(failure.detail)")
    }
    for held in outcome.held {
      causes.insert(.gate)
      Console.error(
        "\(held.app) is held: \(held.count) of its \(held.total) instances fail or look suspect at once, as when a credential that they share has expired or the vendor is down; they stand as recorded, and --force takes what was seen"
      )
    }
    for gate in plan.gates where gate.stops {
      causes.insert(.gate)
      if !isTold { Console.error(Self.words(gate)) }
    }
    for change in plan.changes where change.type == .suspect {
      causes.insert(.gate)
      if !isTold {
        Console.error("\(change.instance ?? "") is held as suspect: \(Phrases.reason(of: change))")
      }
    }
    if countsChanges, plan.hasChanges { causes.insert(.changes) }
  }

  private static func words(_ gate: Gate) -> String {
    let outcome = gate.outcome == .notJudged ? "could not be judged" : "failed"
    return "gate \(gate.name) \(outcome): \(Phrases.reason(of: gate))"
      + (Phrases.remedy(of: gate).map { "; to pass: \($0)" } ?? "")
  }

  /// - Throws: Itself, unless all is well.
  func end() throws {
    if !causes.isEmpty { throw self }
  }
}
