internal import Posture

/// An account or group that an instance keeps for emergencies, as exceptions are listed.
struct BreakGlassEntry {
  let instance: String
  let item: Instance.BreakGlass

  /// By instance, then as declared.
  static func of(_ plan: Comparison) -> [BreakGlassEntry] {
    plan.instances.flatMap { instance in
      instance.breakGlass.map { BreakGlassEntry(instance: instance.name, item: $0) }
    }
  }
}
