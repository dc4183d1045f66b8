/// Why a verdict is unknown or does not apply, or what of it is not known.
///
/// `Phrases` in Reports makes the sentence of these values. Texts in it are others' own, what a
/// library, a vendor or an observer says; each is bounded.
///
/// Indirect: verdicts and decisions are copied often, and most have none.
package indirect enum Reason: Error, Sendable, Hashable {
  /// A collection that it needs is not complete, and why.
  case incomplete(collection: String, CollectionSummary.State, why: String?)
  /// A collection that it needs is not in the observation.
  case notObserved(collection: String)
  /// The instance's source never delivers a collection, and another source of the app does.
  case notDelivered(collection: String, Delivery)
  /// No source delivers a collection: why, and where to look by hand.
  case notAvailable(collection: String, why: String, place: String)
  /// Resources whose condition fails.
  case unjudged(count: Int, first: Unjudged)
  /// The one condition over the instance fails.
  case failed(error: String, unread: [Unread])
  /// The filter leaves the instance out.
  case outOfScope
  /// The filter leaves no resource.
  case nothingInScope
  /// A decision: exceptions take every resource in scope out.
  case everyResourceExempt
  /// A bound was passed, and which.
  case givenUp(String)
  /// It is not compliant; which objects make it so can't be told.
  case affectedUnknown(error: String)
  /// What was stored can't be read, and why.
  case unreadable(Fault)
  /// Nothing judged it.
  case notAssessed
  /// The instance is not seen: never, too long ago, or not believably.
  case unseen(StaleReason)
  /// A source that delivers a collection is not seen, and no other of the instance's delivers it.
  case sourceUnseen(collection: String, source: String, StaleReason)
  /// What is recorded of the instance does not answer it.
  case unanswered
  /// The vendor of an imported score does not score it for this tenant.
  case notScored(ImportedSource)
  /// The vendor of an imported score has published none yet.
  case neverScored(ImportedSource)
  /// An imported score gives the points for what it was told, not for what it saw.
  case selfAttested(ImportedSource)
  /// The sentence that an earlier version recorded.
  case text(String)

  /// Where a collection comes from that the instance's source does not deliver.
  package enum Delivery: Sendable, Hashable {
    /// By an export: the app's and the export's names for people, and the format's name.
    case export(app: String, title: String, format: String)
    /// By the app's API: the app's and the present export's names for people.
    case api(app: String, export: String)
  }

  /// What tells reasons apart for other programs: stable, and without the values.
  package enum Code: String, Sendable, CaseIterable {
    case incomplete, notObserved, notDelivered, notAvailable, unjudged, failed, outOfScope
    case nothingInScope, everyResourceExempt, givenUp, affectedUnknown, unreadable, notAssessed
    case unseen, sourceUnseen, unanswered, notScored, neverScored, selfAttested, text
  }

  /// The reason without its values.
  package var code: Code {
    switch self {
    case .incomplete: .incomplete
    case .notObserved: .notObserved
    case .notDelivered: .notDelivered
    case .notAvailable: .notAvailable
    case .unjudged: .unjudged
    case .failed: .failed
    case .outOfScope: .outOfScope
    case .nothingInScope: .nothingInScope
    case .everyResourceExempt: .everyResourceExempt
    case .givenUp: .givenUp
    case .affectedUnknown: .affectedUnknown
    case .unreadable: .unreadable
    case .notAssessed: .notAssessed
    case .unseen: .unseen
    case .sourceUnseen: .sourceUnseen
    case .unanswered: .unanswered
    case .notScored: .notScored
    case .neverScored: .neverScored
    case .selfAttested: .selfAttested
    case .text: .text
    }
  }

  /// The reason that the one condition over the instance fails, its texts bounded.
  static func failing(_ error: String, unread: [Unread]) -> Reason {
    .failed(error: error.bounded(to: Evaluator.Bounds.reason), unread: unread.bounded)
  }
}

/// One resource that could not be judged.
package struct Unjudged: Sendable, Hashable {
  /// Its label, or where it has none its identity; at most ``Evaluator/Bounds/label`` bytes.
  package internal(set) var label: String
  /// Why its condition fails; at most ``Evaluator/Bounds/reason`` bytes.
  package internal(set) var error: String
  /// What the observer could not read: it may be what the condition misses.
  package internal(set) var unread: [Unread]

  /// Cuts each text to its bound.
  package init(label: String, error: String, unread: [Unread] = []) {
    self.label = label.bounded(to: Evaluator.Bounds.label)
    self.error = error.bounded(to: Evaluator.Bounds.reason)
    self.unread = unread.bounded
  }
}

/// What an observer could not read.
package enum Unread: Sendable, Hashable {
  /// A member of the resource.
  case member(String, why: String?)
  /// Parts of a collection's resources.
  case parts(of: String, why: String)
  /// A collection as a whole.
  case collection(String, CollectionSummary.State, why: String?)

  /// About how many bytes it says.
  fileprivate var weight: Int {
    switch self {
    case .member(let name, let why): name.utf8.count + (why?.utf8.count ?? 0)
    case .parts(let name, let why): name.utf8.count + why.utf8.count
    case .collection(let name, _, let why): name.utf8.count + (why?.utf8.count ?? 0)
    }
  }

  fileprivate var bounded: Unread {
    guard case .member(let name, let why) = self else { return self }
    let limit = Evaluator.Bounds.reason
    return .member(name.bounded(to: limit), why: why?.bounded(to: limit))
  }
}

extension [Unread] {
  /// The first, as many as a reason has room for, and one more: the sentence then shows that it is cut.
  fileprivate var bounded: [Unread] {
    var room = Evaluator.Bounds.reason
    return prefix { item in
      defer { room -= item.weight }
      return room > 0
    }.map(\.bounded)
  }
}
