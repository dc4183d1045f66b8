internal import JSON

/// The recorded state as the files of the reports branch: `state.json` at the top, and one
/// `instances/<name>/state.json` for each instance, so that a run over one instance leaves the
/// others' files alone.
///
/// Stable order, one member a line; the reader accepts what the writer writes and says what it
/// does not.
package enum StateCodec {
  package static let apiVersion = "plumb/v1"
  package static let kind = "State"
  package static let instanceKind = "InstanceState"

  /// Why a recorded file cannot be read.
  package struct Fault: Error, Sendable, CustomStringConvertible {
    package let path: String
    package let message: String

    package init(path: String, message: String) {
      self.path = path
      self.message = message
    }

    package var description: String { "\(path): \(message)" }
  }
}

/// Reads members, naming what is missing.
struct StateReader {
  let path: String
  let value: JSONValue

  func fault(_ message: String) -> StateCodec.Fault {
    StateCodec.Fault(path: path, message: message)
  }

  func string(_ name: String) throws(StateCodec.Fault) -> String {
    guard let text = value[name]?.string else { throw fault("'\(name)' is not a string") }
    return text
  }

  func optionalString(_ name: String) -> String? { value[name]?.string }

  func int(_ name: String) throws(StateCodec.Fault) -> Int {
    guard let number = value[name]?.int64 else { throw fault("'\(name)' is not a number") }
    return Int(number)
  }

  func instant(_ name: String) throws(StateCodec.Fault) -> Instant? {
    guard let text = value[name]?.string else { return nil }
    guard let instant = Instant(text) else { throw fault("'\(name)' is not a time") }
    return instant
  }

  func choice<Value: RawRepresentable<String>>(
    _ name: String, as type: Value.Type
  ) throws(StateCodec.Fault) -> Value {
    let text = try string(name)
    guard let value = Value(rawValue: text) else {
      throw fault("'\(name)' has the unknown value '\(text)'; a newer Plumb may have written it")
    }
    return value
  }

  func list(_ name: String) throws(StateCodec.Fault) -> [StateReader] {
    guard let value = value[name] else { return [] }
    guard let elements = value.array else { throw fault("'\(name)' is not a list") }
    return elements.map { StateReader(path: path, value: $0) }
  }

  /// Named values; none where an older Plumb wrote none.
  func values(_ name: String) throws(StateCodec.Fault) -> [NamedValue] {
    guard let value = value[name] else { return [] }
    guard let members = value.object else { throw fault("'\(name)' is not an object") }
    return members.map { NamedValue(name: $0.0, value: $0.1) }
  }

  func strings(_ name: String) throws(StateCodec.Fault) -> [String] {
    try list(name).map { reader throws(StateCodec.Fault) in
      guard let text = reader.value.string else {
        throw fault("'\(name)' is not a list of strings")
      }
      return text
    }
  }

  func check(kind: String) throws(StateCodec.Fault) {
    let version = try string("apiVersion")
    guard version == StateCodec.apiVersion, try string("kind") == kind else {
      throw fault("it is no \(kind) of \(StateCodec.apiVersion)")
    }
  }
}

/// Members in order, without those that are nil.
struct Members {
  private(set) var members: [(String, JSONValue)] = []

  mutating func add(_ name: String, _ value: JSONValue?) {
    if let value { members.append((name, value)) }
  }

  mutating func add(_ name: String, _ text: String?) { add(name, text.map(JSONValue.string)) }
  mutating func add(_ name: String, _ number: Int) { add(name, JSONValue.int(Int64(number))) }
  mutating func add(_ name: String, _ instant: Instant?) { add(name, instant?.description) }

  var value: JSONValue { .object(members) }
}
