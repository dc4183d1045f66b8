internal import Logging

/// A log without secrets, whatever is written to it: it masks the run's own and what looks like
/// one.
struct MaskingLogHandler: LogHandler {
  private var base: any LogHandler
  private let mask: SecretGate

  init(_ base: any LogHandler, mask: SecretGate) {
    self.base = base
    self.mask = mask
  }

  var metadata: Logger.Metadata {
    get { base.metadata }
    set { base.metadata = newValue }
  }

  var logLevel: Logger.Level {
    get { base.logLevel }
    set { base.logLevel = newValue }
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { base[metadataKey: key] }
    set { base[metadataKey: key] = newValue }
  }

  func log(event: LogEvent) {
    var event = event
    event.message = "\(masked(event.message.description))"
    event.metadata = event.metadata?.mapValues { .string(masked($0.description)) }
    event.error = nil
    base.log(event: event)
  }

  private func masked(_ text: String) -> String { mask.telling(text) }
}
