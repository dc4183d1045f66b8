/// What happens while an instance is observed, for a progress bar.
package struct ObservationProgress: Sendable {
  package let instance: String
  /// Collections that are to be read.
  package let collections: Int
  package let event: Event

  package init(instance: String, collections: Int, event: Event) {
    self.instance = instance
    self.collections = collections
    self.event = event
  }

  package enum Event: Sendable {
    case began
    /// More resources of a collection were read.
    case advanced(collection: String, resources: Int)
    case finished(CollectionResult)
  }
}
