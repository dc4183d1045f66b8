internal import JSON
internal import Text

extension StateCodec {
  /// Writes why an instance is not seen as it is now: the code, and the values that belong to it.
  static func encode(_ reason: StaleReason) -> JSONValue {
    var members = Members()
    members.add("reason", reason.code.rawValue)
    switch reason {
    case .notObserved(let fault), .unreadable(let fault):
      members.add("code", fault.code.rawValue)
      members.add("detail", fault.detail)
    case .tooOld(let observedAt, let maxAge):
      members.add("observedAt", observedAt)
      members.add("maxAge", maxAge)
    case .suspect(.worse(let count, let total)), .suspect(.emptied(let count, let total)):
      members.add("count", count)
      members.add("of", total)
    case .suspended(let reason, let until):
      members.add("until", until.description)
      members.add("why", reason)
    case .neverObserved, .notSought: break
    case .text(let text, let code):
      members.add("text", text)
      members.add("code", code?.rawValue)
    }
    return members.value
  }
}

extension StateReader {
  /// Reads why a collection was not read whole; files of earlier versions have no code.
  func collectionFault() throws(StateCodec.ReadError) -> Fault? {
    let code = try optionalString("code")
    return try optionalString("reason").map { Fault(.init(recorded: code), $0) }
  }

  /// Reads why the instance is not seen as it is now; nil where it is. Files of earlier versions
  /// give a sentence.
  func instanceStaleReason() throws(StateCodec.ReadError) -> StaleReason? {
    if let reader = try object("stale") { return try reader.staleReason() }
    let code = try optionalString("failure").map { Fault.Code(recorded: $0) }
    return try optionalString("staleReason").map { .text($0, code) }
  }

  func staleReason() throws(StateCodec.ReadError) -> StaleReason {
    switch try choice("reason", as: StaleReason.Code.self) {
    case .notObserved: return .notObserved(try fault())
    case .unreadable: return .unreadable(try fault())
    case .tooOld:
      guard let observedAt = try instant("observedAt") else {
        throw fault("observedAt", isNot: "a time")
      }
      return .tooOld(observedAt, maxAge: try count("maxAge"))
    case .worse: return .suspect(.worse(try count("count"), of: try count("of")))
    case .emptied: return .suspect(.emptied(try count("count"), of: try count("of")))
    case .neverObserved: return .neverObserved
    case .suspended:
      guard let until = CalendarDate(try string("until")) else {
        throw fault("until", isNot: "a day")
      }
      return .suspended(try string("why"), until: until)
    case .notSought: return .notSought
    case .text:
      let code = try optionalString("code").map { Fault.Code(recorded: $0) }
      return .text(try string("text"), code)
    }
  }

  private func fault() throws(StateCodec.ReadError) -> Fault {
    Fault(.init(recorded: try string("code")), try string("detail"))
  }
}
