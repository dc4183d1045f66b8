internal import Logging

/// A log of which each event is a line with all that belongs to it.
protocol LineLog: LogHandler {
  /// Puts a line.
  ///
  /// - Parameter values: Of the log and of the event, the event's before the log's.
  func log(_ event: LogEvent, _ values: [String: String])
}

extension LineLog {
  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    log(event, metadata.merging(event.metadata ?? [:]) { $1 }.mapValues(\.description))
  }
}
