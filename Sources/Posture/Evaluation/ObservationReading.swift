package import JSON

/// What was read of one instance at one time, as far as a judgement depends on it.
package struct ObservationSummary: Sendable, Hashable {
  /// When it was read; of an export, when that says that it was made.
  package let observedAt: Instant
  /// SHA-256 over the contents, in hexadecimal: equal digests are equal observations.
  package let digest: String
  /// Sorted by name.
  package let collections: [CollectionSummary]
  /// How each source was found, in their order; empty for an instance with one.
  package let sources: [SourceSummary]
  /// Requests that it took, without what was asked again; nil where nobody counted.
  package var requests: Int?

  /// Sorts the collections by name.
  package init(
    observedAt: Instant, digest: String, collections: [CollectionSummary],
    sources: [SourceSummary] = []
  ) {
    self.observedAt = observedAt
    self.digest = digest
    self.collections = collections.sorted { $0.name < $1.name }
    self.sources = sources
  }
}

/// How one of several sources was found.
package struct SourceSummary: Sendable, Hashable {
  /// The source's name: `api`, `scubagear`.
  package let name: String
  /// When what it has was read; nil where it has nothing.
  package let observedAt: Instant?
  /// The digest of what it has; nil where it has nothing.
  package let digest: String?
  /// Whether it delivers, and why not.
  package let state: State

  /// What can be taken of a source.
  package enum State: Sendable, Hashable {
    /// What it has counts.
    case fresh
    /// What it has is older than its `maxAge`, and counts no longer.
    case tooOld
    /// Nothing was stored of it here.
    case absent
    /// What it has can't be read.
    case unreadable(Fault)
  }

  package init(name: String, observedAt: Instant?, digest: String?, state: State) {
    self.name = name
    self.observedAt = observedAt
    self.digest = digest
    self.state = state
  }
}

/// How completely one collection was read.
package struct CollectionSummary: Sendable, Hashable {
  /// The collection's name, as connectors and export formats have it: `passwordPolicies`.
  package internal(set) var name: String
  /// How much of it was read.
  package internal(set) var state: State
  /// How many resources were read.
  package internal(set) var count: Int
  /// Why the collection is not complete; of a complete one, what of its resources could not be
  /// read. Nil where nothing is amiss.
  package internal(set) var fault: Fault?
  /// The name of the source that it was taken from; nil where the instance has one source.
  package internal(set) var source: String?

  package init(name: String, state: State, count: Int, fault: Fault? = nil, source: String? = nil) {
    self.name = name
    self.state = state
    self.count = count
    self.fault = fault
    self.source = source
  }

  /// The same, taken from one of several sources.
  package func from(_ source: String) -> CollectionSummary {
    CollectionSummary(name: name, state: state, count: count, fault: fault, source: source)
  }

  /// What is wrong with an empty collection of which every tenant has something.
  package static let cameEmpty = Fault(
    .malformed, "it came empty, though every tenant has at least one")

  /// How much of a collection was read: everything, some of it, or nothing, either for want of a
  /// permission or licence (`denied`) or for another reason. Conditions read complete ones only.
  package enum State: String, Sendable, CaseIterable {
    case complete, partial, denied, failed
  }
}

/// One resource of a collection, valid while it is handed out.
package struct ObservedResource {
  /// The member that says, by name, why other members could not be read and are missing.
  package static let unreadMember = "_unread"
  /// The member that lists, of those, the fields that the vendor does not know: whether they are there is no answer.
  package static let unknownMember = "_unknown"

  enum Naming {
    case said(id: String?, parent: String?)
    case read(ResourceNaming)
  }

  let naming: Naming
  package let view: JSONView
  /// Whether the view's memory is used again for the next resource: keep a compacted copy then.
  package let isTransient: Bool

  package init(id: String?, parent: String?, view: JSONView, isTransient: Bool) {
    naming = .said(id: id, parent: parent)
    self.view = view
    self.isTransient = isTransient
  }

  init(_ naming: Naming, view: JSONView, isTransient: Bool) {
    self.naming = naming
    self.view = view
    self.isTransient = isTransient
  }

  /// A resource that says itself what identifies it.
  package init(_ naming: ResourceNaming, view: JSONView, isTransient: Bool) {
    self.naming = .read(naming)
    self.view = view
    self.isTransient = isTransient
  }

  /// What identifies it in its collection, if the reader knows.
  package var id: String? {
    switch naming {
    case .said(let id, _): id
    case .read(let naming): naming.id(of: view)
    }
  }

  /// What identifies the resource it belongs to.
  package var parent: String? {
    switch naming {
    case .said(_, let parent): parent
    case .read(let naming): naming.parent(of: view)
    }
  }

  /// The field, level by level, that alone is ``id``; nil when it is said, or made of more.
  var field: [String]? {
    if case .read(let naming) = naming, !naming.isBound { naming.identity.path } else { nil }
  }

  /// The view, fit to be kept after the next resource.
  package var kept: JSONView { isTransient ? view.compacted() : view }
}

/// Hands out the resources of one instance's observation, one by one.
package protocol ObservationReading: Sendable {
  /// What was read, and how much of it.
  var summary: ObservationSummary { get }

  /// The collection whose resources `collection` was read for: conditions read them as `parent`.
  /// Nil where it was read by itself.
  func parentCollection(of collection: String) -> String?

  /// Calls `body` with each resource of a complete collection, in stored order.
  ///
  /// - Throws: ``Fault`` when the stored data is damaged; what was handed out before does
  ///   not count then.
  func forEachResource(in collection: String, _ body: (ObservedResource) -> Void)
    throws(Fault)

  /// Hands each resource of a complete collection to one judge; where there are several, each gets some, on a thread of
  /// its own.
  ///
  /// - Parameter makeJudge: Makes one more judge; called by this thread, at least once.
  /// - Throws: As ``forEachResource(in:_:)``, the same fault however many judges there are.
  func judgeResources(of collection: String, by makeJudge: () -> any ResourceJudge) throws(Fault)
}

extension ObservationReading {
  package func judgeResources(
    of collection: String, by makeJudge: () -> any ResourceJudge
  ) throws(Fault) {
    let judge = makeJudge()
    var place = 0
    try forEachResource(in: collection) { resource in
      place += 1
      judge.take(resource, place: place)
    }
  }
}

/// Judges resources of one collection, all or some of them.
package protocol ResourceJudge: AnyObject {
  /// - Parameters:
  ///   - resource: Valid during the call. The document of its view may be kept: its memory is used again when it no longer is.
  ///   - place: Its place in the collection, from 1; larger than that of the resource before it.
  func take(_ resource: ObservedResource, place: Int)
}
