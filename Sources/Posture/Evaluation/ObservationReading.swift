package import JSON

/// What was read of one instance at one time, as far as judging it needs to know.
package struct ObservationSummary: Sendable, Hashable {
  package let observedAt: Instant
  /// SHA-256 over the contents: equal digests are equal observations.
  package let digest: String
  /// Sorted by name.
  package let collections: [CollectionSummary]

  package init(observedAt: Instant, digest: String, collections: [CollectionSummary]) {
    self.observedAt = observedAt
    self.digest = digest
    self.collections = collections.sorted { $0.name < $1.name }
  }
}

/// How completely one collection was read.
package struct CollectionSummary: Sendable, Hashable {
  package let name: String
  package let state: State
  package let count: Int
  /// Why the collection is not complete, or what of its resources could not be read.
  package let fault: Fault?

  package init(name: String, state: State, count: Int, fault: Fault? = nil) {
    self.name = name
    self.state = state
    self.count = count
    self.fault = fault
  }

  /// What is wrong with a collection that has nothing, though it can't be so.
  package static let cameEmpty = Fault(
    .malformed, "it came empty, though every tenant has at least one")

  package enum State: String, Sendable, CaseIterable {
    case complete, partial, denied, failed
  }
}

/// One resource of a collection, valid while it is handed out.
package struct ObservedResource {
  /// The member that says of others, by name, why they could not be read and are missing.
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
    if case .read(let naming) = naming, !naming.isBound { naming.path } else { nil }
  }

  /// The view, fit to be kept after the next resource.
  package var kept: JSONView { isTransient ? view.compacted() : view }
}

/// Hands out the resources of one instance's observation, one by one.
package protocol ObservationReading: Sendable {
  var summary: ObservationSummary { get }

  /// The collection whose resources `collection` was read for, bound to `parent` in conditions.
  func parentCollection(of collection: String) -> String?

  /// Calls `body` with each resource of a complete collection, in stored order.
  ///
  /// - Throws: ``Fault`` when the stored data is damaged; what was handed out before does
  ///   not count then.
  func forEachResource(in collection: String, _ body: (ObservedResource) -> Void)
    throws(Fault)
}
