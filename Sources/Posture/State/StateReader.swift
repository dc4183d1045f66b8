internal import JSON

/// Reads members, and names what is missing or of another type by its place in the file.
///
/// A member that may be left out may be null too; one of another type is an error, since to read it
/// as nothing would make a damaged record look like a change.
struct StateReader {
  let value: JSONView
  /// Where the value stands, but for its index in a list, with which its place is put together only for a fault, or to
  /// be handed on: all elements of a list share one.
  private let holder: Holder
  private var index: Int?

  /// What holds values of one member of a file.
  private final class Holder: Sendable {
    let path: String
    /// The place of what has the member, and the member; both empty at the top.
    let container: String
    let member: String
    /// Members that are taken as left out.
    let hidden: [String]
    /// What was left unread of the file; nil where all was read.
    let unread: CutLists?

    init(
      _ path: String, _ container: String, _ member: String, hiding hidden: [String] = [],
      unread: CutLists?
    ) {
      self.path = path
      self.container = container
      self.member = member
      self.hidden = hidden
      self.unread = unread
    }
  }

  var path: String { holder.path }

  init(path: String, value: JSONView, hiding hidden: [String] = [], unread: CutLists? = nil) {
    self.value = value
    holder = Holder(path, "", "", hiding: hidden, unread: unread)
  }

  /// What the values of a member share, in the same file.
  private func holder(of member: String, in container: String) -> Holder {
    Holder(path, container, member, unread: holder.unread)
  }

  private init(_ value: JSONView, in holder: Holder, at index: Int? = nil) {
    self.value = value
    self.holder = holder
    self.index = index
  }

  /// Where the value stands in the file: `results[3].`; empty at the top.
  private var place: String {
    holder.member.isEmpty
      ? "" : holder.container + holder.member + (index.map { "[\($0)]" } ?? "") + "."
  }

  func fault(_ message: String) -> StateCodec.ReadError {
    StateCodec.ReadError(path: path, message: message)
  }

  /// The fault of a member that is not what it should be: `'results[3].since' is not a time`.
  func fault(_ name: String, isNot expectation: String) -> StateCodec.ReadError {
    fault("'\(place)\(name)' is not \(expectation)")
  }

  /// The member; nil when it is left out or null.
  func given(_ name: String) -> JSONView? {
    guard holder.hidden.isEmpty || !holder.hidden.contains(name), let member = value[name],
      !member.isNull
    else { return nil }
    return member
  }

  private func optional<Value>(
    _ name: String, _ expectation: String, _ read: (JSONView) -> Value?
  ) throws(StateCodec.ReadError) -> Value? {
    guard let member = given(name) else { return nil }
    guard let value = read(member) else { throw fault(name, isNot: expectation) }
    return value
  }

  func string(_ name: String) throws(StateCodec.ReadError) -> String {
    guard let text = value[name]?.string else { throw fault(name, isNot: "a string") }
    return text
  }

  func optionalString(_ name: String) throws(StateCodec.ReadError) -> String? {
    try optional(name, "a string", \.string)
  }

  /// A number of something, small enough that what is computed with it does not overflow.
  ///
  /// - Parameter limit: The largest number; points have a smaller limit, as they are multiplied by
  ///   counts.
  func count(_ name: String, upTo limit: Int = StateCodec.largestCount) throws(StateCodec.ReadError)
    -> Int
  {
    try count(value[name], name, upTo: limit)
  }

  func count(
    _ value: JSONView?, _ name: String, upTo limit: Int = StateCodec.largestCount
  ) throws(StateCodec.ReadError) -> Int {
    guard let number = value?.int64 else { throw fault(name, isNot: "a number") }
    guard number >= 0, number <= limit else {
      throw fault(name, isNot: "a number between 0 and \(limit)")
    }
    return Int(number)
  }

  /// An exact number, `-63/10`.
  func fraction(_ name: String) throws(StateCodec.ReadError) -> Fraction {
    guard let number = Fraction(try string(name)) else { throw fault(name, isNot: "a fraction") }
    return number
  }

  /// A number of something; 0 where it is left out.
  func optionalCount(_ name: String) throws(StateCodec.ReadError) -> Int {
    given(name) == nil ? 0 : try count(name)
  }

  func optionalDouble(_ name: String) throws(StateCodec.ReadError) -> Double? {
    try optional(name, "a number", \.double)
  }

  func optionalBool(_ name: String) throws(StateCodec.ReadError) -> Bool? {
    try optional(name, "true or false", \.bool)
  }

  func instant(_ name: String) throws(StateCodec.ReadError) -> Instant? {
    try optional(name, "a time") { $0.string.flatMap(Instant.init) }
  }

  func choice<Value: RawRepresentable<String>>(
    _ name: String, as type: Value.Type
  ) throws(StateCodec.ReadError) -> Value {
    let text = try string(name)
    guard let value = Value(rawValue: text) else {
      throw fault(
        "'\(place)\(name)' has the unknown value '\(text)'; a newer Plumb may have written it")
    }
    return value
  }

  func optionalChoice<Value: RawRepresentable<String>>(
    _ name: String, as type: Value.Type
  ) throws(StateCodec.ReadError) -> Value? {
    given(name) == nil ? nil : try choice(name, as: type)
  }

  /// `on` or `off`.
  func isOn(_ name: String) throws(StateCodec.ReadError) -> Bool {
    switch try string(name) {
    case "on": return true
    case "off": return false
    default: throw fault(name, isNot: "on or off")
    }
  }

  func list(_ name: String) throws(StateCodec.ReadError) -> [StateReader] {
    guard let list = try optional(name, "a list", { $0.kind == .array ? $0 : nil }) else {
      return []
    }
    let count = list.count
    if count == 0 { return [] }
    var readers: [StateReader] = []
    readers.reserveCapacity(count)
    let holder = holder(of: name, in: place)
    for element in list.elements {
      readers.append(StateReader(element, in: holder, at: readers.count))
    }
    return readers
  }

  /// The text of a list that was left unread; nil for one that stands where it belongs.
  func unreadList(_ name: String) -> ListText? {
    guard let unread = holder.unread, let number = given(name)?.int else { return nil }
    return unread.take(number)
  }

  /// The members of an object, by name; none when it is left out.
  func members(_ name: String) throws(StateCodec.ReadError) -> [(name: String, reader: StateReader)]
  {
    guard let object = try self.value(ofObject: name), object.count > 0 else { return [] }
    let place = "\(place)\(name)."
    return object.members.map { member, value in
      (member, StateReader(value, in: holder(of: member, in: place)))
    }
  }

  /// An object that may be left out.
  func object(_ name: String) throws(StateCodec.ReadError) -> StateReader? {
    try value(ofObject: name).map { StateReader($0, in: holder(of: name, in: place)) }
  }

  /// The object itself, for what is taken over as it is.
  func value(ofObject name: String) throws(StateCodec.ReadError) -> JSONView? {
    try optional(name, "an object") { $0.kind == .object ? $0 : nil }
  }

  func strings(_ name: String) throws(StateCodec.ReadError) -> [String] {
    guard let list = try optional(name, "a list", { $0.kind == .array ? $0 : nil }) else {
      return []
    }
    var texts: [String] = []
    for element in list.elements {
      guard let text = element.string else { throw fault(name, isNot: "a list of strings") }
      texts.append(text)
    }
    return texts
  }

  func check(kind: String) throws(StateCodec.ReadError) {
    let version = try string("apiVersion")
    guard version == StateCodec.apiVersion, try string("kind") == kind else {
      throw fault("it is no \(kind) of \(StateCodec.apiVersion)")
    }
  }
}
