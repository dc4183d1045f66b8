/// Secrets, each held as long as something may still tell it: a value, told what comes and when.
///
/// A process that runs for months learns a token with each observation. What opens nothing any more need not be searched for; but a
/// tenant may tell a token for as long as it is good, in a log of sign-ins that another conversation reads, so that the end of the
/// conversation that learned it is no end. So a token is held by its expiry: an hour longer than its vendor says, which is behind the
/// last word of any conversation about what it was refused, and no longer than ``Bounds/lifetime`` whatever a vendor says.
struct HeldSecrets: Sendable {
  enum Bounds {
    /// Seconds that what is issued counts as good at most, and where nobody says how long it is.
    static let lifetime = 86_400.0
    /// Seconds that what has expired is held on.
    static let grace = 3_600.0
    /// How many that end are held before it is looked which have ended.
    static let few = 64
  }

  private(set) var forms = SecretForms()
  private var always: Set<String> = []
  /// What stands in a place, by the place.
  private var standing: [String: Set<String>] = [:]
  /// When what was issued, or replaced, ends: the latest time that anybody said, in seconds since 1970.
  private var ends: [String: Double] = [:]
  private var most = Bounds.few
  /// When it is looked at the latest what has ended.
  private var nextLook = 0.0

  /// Holds secrets; one that several hold is held by the longest.
  ///
  /// - Parameter now: Seconds since 1970.
  /// - Complexity: That of the secrets' forms; what has ended is looked for once an hour, and when as many came as were left the last time.
  mutating func add(_ secrets: [String], _ holding: SecretGate.Holding, now: Double) {
    for secret in secrets { forms.add(secret) }
    switch holding {
    case .always: always.formUnion(secrets)
    case .standing(let place):
      let replaced = standing.updateValue(Set(secrets), forKey: place) ?? []
      hold(replaced.subtracting(secrets), for: Bounds.lifetime, now: now)
    case .issued(let seconds):
      let life = seconds.map { $0 > 0 ? min($0, Bounds.lifetime) : 0 } ?? Bounds.lifetime
      hold(Set(secrets), for: life, now: now)
    }
    if ends.count > most || now >= nextLook { forget(now: now) }
  }

  private mutating func hold(_ secrets: Set<String>, for life: Double, now: Double) {
    for secret in secrets { ends[secret] = max(ends[secret] ?? 0, now + life + Bounds.grace) }
  }

  private mutating func forget(now: Double) {
    let count = ends.count
    ends = ends.filter { $0.value > now }
    most = max(Bounds.few, 2 * ends.count)
    nextLook = now + Bounds.grace
    guard ends.count < count else { return }
    // Forms are shared, one secret may be a form of another: those of what is left are made anew.
    forms = SecretForms()
    for secret in always.union(ends.keys).union(standing.values.joined()) { forms.add(secret) }
  }
}
