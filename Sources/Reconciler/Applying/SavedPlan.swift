internal import JSON
package import Posture
internal import Reports
internal import Text

/// A plan in a file: apply does exactly what it says, or refuses.
///
/// A plan is a pure function of what it was made of. So apply makes it again at the saved time, and
/// goes on only when not a byte differs.
package struct SavedPlan: Sendable {
  /// The time that counts as now.
  package let at: Instant
  private let bytes: [UInt8]
  private let document: JSONValue
  private let path: String

  /// The affected resources that a saved plan lists for each result.
  private static let maxAffected = Evaluator.Bounds.affected

  /// What `plan --out` writes.
  package static func bytes(of plan: Plan) -> [UInt8] {
    JSONReport.plan(plan, maxAffected: maxAffected)
  }

  /// - Parameter path: The file's name, for errors.
  package init(_ bytes: [UInt8], path: String) throws {
    do throws(JSONError) {
      document = JSONValue(try JSONView(parsing: bytes))
    } catch {
      throw ReconcileError.notAPlan(path: path, reason: "it is no saved plan: \(error.message)")
    }
    guard document["kind"]?.string == "Plan", document["apiVersion"]?.string == "plumb/v1",
      let at = document["at"]?.string.flatMap(Instant.init)
    else {
      throw ReconcileError.notAPlan(
        path: path, reason: "it is no saved plan; write one with 'plumb plan --out \(path)'")
    }
    self.at = at
    self.bytes = bytes
    self.path = path
  }

  /// - Throws: ``ReconcileError/stalePlan(_:)`` with what has moved on since.
  package func check(against plan: Plan) throws {
    let now = Self.bytes(of: plan)
    guard now != bytes,
      try Self.withoutGates(JSONValue(JSONView(parsing: now))) != Self.withoutGates(document)
    else { return }
    var reasons: [String] = []
    let revision = document["desired"]?["revision"]?.string
    if revision != plan.desired.revision {
      reasons.append(
        "the desired state moved from \(Self.short(revision)) to \(Self.short(plan.desired.revision))"
      )
    }
    let recorded = document["recorded"]?["revision"]?.string
    if recorded != plan.recordedRevision {
      reasons.append(
        "the recorded state moved from \(Self.short(recorded)) to \(Self.short(plan.recordedRevision))"
      )
    }
    let digests = Dictionary(
      firstOf: (document["observations"]?.array ?? []).map {
        ($0["instance"]?.string ?? "", $0["digest"]?.string)
      })
    for instance in plan.instances where instance.recommendations {
      if digests[instance.name] != instance.observationDigest {
        reasons.append("the observation of \(instance.name) changed")
      }
    }
    if reasons.isEmpty {
      reasons.append("it was made with other options, by another Plumb, or was edited")
    }
    throw ReconcileError.stalePlan(reasons)
  }

  /// Which gates are judged is the run's own business: it changes nothing that is recorded.
  private static func withoutGates(_ plan: JSONValue) -> JSONValue {
    .object((plan.object ?? []).filter { $0.0 != "gates" })
  }

  private static func short(_ revision: String?) -> String {
    revision.map { String($0.prefix(10)) } ?? "nothing"
  }
}
