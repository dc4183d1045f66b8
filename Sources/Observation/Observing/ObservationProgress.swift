/// What happens while an instance is observed, for a progress bar.
package struct ObservationProgress: Sendable {
  /// The instance's name.
  package let instance: String
  /// Collections that are to be read.
  package let collections: Int
  /// What happened.
  package let event: Event

  package init(instance: String, collections: Int, event: Event) {
    self.instance = instance
    self.collections = collections
    self.event = event
  }

  /// A step of an observation.
  package enum Event: Sendable {
    /// The first requests are about to be sent.
    case began
    /// More resources of a collection were read: so many since the event before.
    case advanced(collection: String, resources: Int)
    /// A collection ended, however much of it was read.
    case finished(CollectionResult)
  }
}
