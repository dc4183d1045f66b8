package import JSON
package import Text

extension Change {
  /// What differs in the subject: what was, and what is.
  ///
  /// Indirect, so that a change is small: a fleet has many, and they are sorted and grouped.
  package indirect enum What: Sendable, Hashable {
    /// An observation that is not believed, and why.
    case suspect(Suspicion)
    /// A verdict; nil where the recommendation was, or is, not in force.
    case verdict(from: Compliance?, to: Compliance?, basis: Basis)
    case status(from: Status?, to: Status, because: Decision)
    /// A resource that is now affected, with its settings, or no longer.
    case affected(isJoining: Bool, settings: JSONValue?)
    /// How many are affected, where not all of them are written down.
    case affectedCount(from: Int, to: Int)
    /// A setting of a tenant.
    case drift(from: JSONValue, to: JSONValue)
    /// A resource that came to a collection, or left it, with its settings.
    case resource(isJoining: Bool, settings: JSONValue, collection: String)

    case instanceAdded(appTitle: String, isOn: Bool)
    case instanceRemoved(app: String?)
    case recommendations(areOn: Bool)
    /// The instance reads another source.
    case source
    case breakGlass(from: Instance.BreakGlass?, to: Instance.BreakGlass?)
    /// Nil where it is declared and not tracked.
    case tracked(target: Int?)
    case untracked
    case target(from: Int, to: Int)
    case weight(from: Weight, to: Weight)
    /// A metric is new, or gone.
    case metric(isNew: Bool)
    /// The number of recommendations that a metric counts, where it counts others than before.
    case counted(from: Int, to: Int)
    /// The instances that an initiative covers.
    case covered(from: [String], to: [String])
    case exception(ExceptionChange)
    /// A field of a document, between two desired states.
    case declared(DeclaredDifference)
    /// The data of an instance that lies in the repository, recorded or exported.
    case data(from: Instant?, to: Instant?, lost: [String])

    /// One of Microsoft's own recommendations; nil where it was, or is, not listed.
    case imported(from: Imported?, to: Imported?, exception: String?)
    case score(from: Fraction, to: Fraction, causes: [Cause])

    /// The instance is not observed now, and why.
    case stale(StaleReason)
    /// What is observed counts again; `isNewer` says whether it was observed since.
    case restored(isNewer: Bool)
    /// One of several sources of the instance is not seen now, and why.
    case sourceStale(String, StaleReason)
    /// One of several sources of the instance is seen again.
    case sourceRestored(String)
    /// Collections come from another of the instance's sources than before.
    case taken(from: String, to: String, collections: [String])
    case collection(from: CollectionSummary.State?, to: CollectionSummary.State, fault: Fault?)
  }

  /// What a verdict rests on; reports tell it in one line.
  package enum Basis: Sendable, Hashable {
    /// Why the verdict is what it is.
    case reason(Reason)
    case affected(Int, of: Int?)
    case compliant(Int, of: Int)
    case title(String)
    /// The recommendation is no longer in force.
    case none
  }

  /// Why a status changed.
  package enum Decision: Sendable, Hashable {
    case exception(String)
    case ended(exception: String)
    case uncovered
  }

  /// How one of Microsoft's own recommendations stands.
  package struct Imported: Sendable, Hashable {
    /// The status that the tenant gives; nil where it gives none.
    package let status: Status?
    /// The points as Microsoft counts them, `3.5 of 10`; nil where it is not scored.
    package let points: String?

    package init(status: Status?, points: String?) {
      self.status = status
      self.points = points
    }
  }

  /// What became of an exception.
  package struct ExceptionChange: Sendable, Hashable {
    /// How it stood before; nil for one that is new.
    package let from: Snapshot.Exception.State?
    /// How it stands now; nil for one that is gone.
    package let to: Snapshot.Exception.State?
    /// What happened, with the values that tell it.
    package let what: What

    /// What happened to an exception.
    package enum What: Sendable, Hashable {
      /// `Terms` are nil where the record does not say them.
      case added(Snapshot.Exception.Terms?, covers: Snapshot.Exception.Extent?)
      /// The changed fields; nil where the record does not say them.
      case changed([Field]?)
      case removed(Snapshot.Exception.Terms?, covered: Snapshot.Exception.Extent?)
      case expired(CalendarDate?)
      case expiringSoon(CalendarDate?)
      case unused(isNew: Bool)
    }

    /// A field whose value changed.
    package struct Field: Sendable, Hashable {
      /// As the document writes it: `justification`.
      package let name: String
      /// The value before; nil where it was not said.
      package let from: String?
      /// The value after; nil where it is not said any more.
      package let to: String?

      package init(name: String, from: String?, to: String?) {
        self.name = name
        self.from = from
        self.to = to
      }
    }

    package init(_ what: What, from: Snapshot.Exception.State?, to: Snapshot.Exception.State?) {
      self.from = from
      self.to = to
      self.what = what
    }
  }
}
