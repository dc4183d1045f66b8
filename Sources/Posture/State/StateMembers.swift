internal import JSON

/// A value that a recorded file holds as an object: its members are named once, for both ways.
protocol Recorded {
  /// What a reader fills: where a member may be left out, what it means then.
  static var blank: Self { get }
  /// Hands every member over, in the order of the file: written as it is, or set to what was read.
  mutating func exchange(_ members: inout StateMembers)
}

extension Recorded {
  /// What is written of the value.
  var recorded: JSONValue {
    var (copy, members) = (self, StateMembers())
    copy.exchange(&members)
    return members.value
  }

  /// What was recorded as `reader`'s object.
  init(_ reader: StateReader) throws(StateCodec.ReadError) {
    self = .blank
    var members = StateMembers(reader)
    exchange(&members)
    if let fault = members.fault { throw fault }
  }
}

/// The members of an object on their way into a file, or out of one.
///
/// The first fault of a reader stays, and nothing is read after it: what names the members has no
/// errors to handle.
struct StateMembers {
  /// Where members come from; nil while they are written.
  private let reader: StateReader?
  /// The first that could not be read.
  private(set) var fault: StateCodec.ReadError?
  private var written = Members()

  init(_ reader: StateReader? = nil) { self.reader = reader }

  /// Whether what is exchanged is set to what was recorded.
  var isReading: Bool { reader != nil }

  /// Whether a member is in the file, or is to be.
  func isThere(_ name: String, _ isWritten: Bool) -> Bool {
    guard let reader else { return isWritten }
    return reader.given(name) != nil
  }

  /// What was written, in order.
  var value: JSONValue { written.value }

  /// One member by its two ways: what is written of it, nothing where that is nil, and how it is read.
  mutating func member<Value>(
    _ name: String, _ value: inout Value, write: (Value) -> JSONValue?,
    read: (StateReader) throws(StateCodec.ReadError) -> Value
  ) {
    guard let reader else {
      written.add(name, write(value))
      return
    }
    guard fault == nil else { return }
    do { value = try read(reader) } catch { fault = error }
  }

  /// What only people and other programs read: it follows from the other members.
  mutating func derived(_ name: String, _ value: JSONValue?) {
    if !isReading { written.add(name, value) }
  }

  /// Reads what earlier versions wrote otherwise, or what several members make together.
  mutating func reading(_ read: (StateReader) throws(StateCodec.ReadError) -> Void) {
    guard let reader, fault == nil else { return }
    do { try read(reader) } catch { fault = error }
  }

  /// What a file begins with.
  mutating func document(_ kind: String) {
    derived("apiVersion", .string(StateCodec.apiVersion))
    derived("kind", .string(kind))
    reading { reader throws(StateCodec.ReadError) in try reader.check(kind: kind) }
  }
}

// MARK: Texts, numbers, words

extension StateMembers {
  mutating func text(_ name: String, _ value: inout String) {
    member(name, &value, write: JSONValue.string) { reader throws(StateCodec.ReadError) in
      try reader.string(name)
    }
  }

  mutating func text(_ name: String, _ value: inout String?) {
    member(name, &value, write: { $0.map(JSONValue.string) }) {
      reader throws(StateCodec.ReadError) in try reader.optionalString(name)
    }
  }

  /// A text that is left out where it is empty.
  mutating func text(unlessEmpty name: String, _ value: inout String) {
    member(name, &value, write: { $0.isEmpty ? nil : .string($0) }) {
      reader throws(StateCodec.ReadError) in try reader.optionalString(name) ?? ""
    }
  }

  /// A text that says a value of another type.
  mutating func text<Value>(
    _ name: String, _ value: inout Value?, is expectation: String, write: (Value) -> String,
    read: (String) -> Value?
  ) {
    member(name, &value, write: { $0.map { .string(write($0)) } }) {
      reader throws(StateCodec.ReadError) in
      guard let text = try reader.optionalString(name) else { return nil }
      guard let value = read(text) else { throw reader.fault(name, isNot: expectation) }
      return value
    }
  }

  mutating func count(
    _ name: String, _ value: inout Int, upTo limit: Int = StateCodec.largestCount
  ) {
    member(name, &value, write: { .int(Int64($0)) }) { reader throws(StateCodec.ReadError) in
      try reader.count(name, upTo: limit)
    }
  }

  /// A number of something that earlier versions left out: 0 then.
  mutating func laterCount(_ name: String, _ value: inout Int) {
    member(name, &value, write: { .int(Int64($0)) }) { reader throws(StateCodec.ReadError) in
      try reader.optionalCount(name)
    }
  }

  /// A number of something that is left out where nobody counted.
  mutating func laterCount(_ name: String, _ value: inout Int?) {
    member(name, &value, write: { $0.map { .int(Int64($0)) } }) {
      reader throws(StateCodec.ReadError) in
      reader.given(name) == nil ? nil : try reader.count(name)
    }
  }

  /// An exact number, `-63/10`.
  mutating func fraction(_ name: String, _ value: inout Fraction) {
    member(name, &value, write: { .string($0.text) }) { reader throws(StateCodec.ReadError) in
      try reader.fraction(name)
    }
  }

  /// True, or left out.
  ///
  /// - Parameter absent: What it means in files of versions that did not know the member.
  mutating func flag(
    _ name: String, _ value: inout Bool, absent: @autoclosure () -> Bool = false
  ) {
    member(name, &value, write: { $0 ? true : nil }) { reader throws(StateCodec.ReadError) in
      try reader.optionalBool(name) ?? absent()
    }
  }

  /// `on` or `off`.
  mutating func isOn(_ name: String, _ value: inout Bool) {
    member(name, &value, write: { $0 ? "on" : "off" }) { reader throws(StateCodec.ReadError) in
      try reader.isOn(name)
    }
  }

  mutating func time(_ name: String, _ value: inout Instant?) {
    member(name, &value, write: { $0.map { .string($0.description) } }) {
      reader throws(StateCodec.ReadError) in try reader.instant(name)
    }
  }

  mutating func word<Word: RawRepresentable<String>>(_ name: String, _ value: inout Word) {
    member(name, &value, write: { .string($0.rawValue) }) { reader throws(StateCodec.ReadError) in
      try reader.choice(name, as: Word.self)
    }
  }

  mutating func word<Word: RawRepresentable<String>>(_ name: String, _ value: inout Word?) {
    member(name, &value, write: { $0.map { .string($0.rawValue) } }) {
      reader throws(StateCodec.ReadError) in try reader.optionalChoice(name, as: Word.self)
    }
  }
}

// MARK: Lists and objects

extension StateMembers {
  mutating func texts(_ name: String, _ value: inout [String]) {
    member(name, &value, write: { .array($0.map(JSONValue.string)) }) {
      reader throws(StateCodec.ReadError) in try reader.strings(name)
    }
  }

  /// Texts that are left out where there are none.
  mutating func texts(unlessEmpty name: String, _ value: inout [String]) {
    member(name, &value, write: { $0.isEmpty ? nil : .array($0.map(JSONValue.string)) }) {
      reader throws(StateCodec.ReadError) in try reader.strings(name)
    }
  }

  /// Texts in alphabetical order, left out where there are none.
  mutating func texts(unlessEmpty name: String, _ value: inout Set<String>) {
    var texts = value.sorted()
    self.texts(unlessEmpty: name, &texts)
    if isReading { value = Set(texts) }
  }

  /// Texts by name, in alphabetical order, left out where there are none.
  mutating func texts(byName name: String, _ value: inout [String: String]) {
    member(
      name, &value,
      write: { texts in
        texts.isEmpty
          ? nil : .object(texts.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
      }
    ) { reader throws(StateCodec.ReadError) in
      var texts: [String: String] = [:]
      guard let object = try reader.value(ofObject: name) else { return texts }
      for (key, value) in object.members {
        guard let text = value.string else { throw reader.fault(name, isNot: "texts") }
        texts[key] = text
      }
      return texts
    }
  }

  /// - Parameter isKept: Whether an empty list is written.
  mutating func list<Element: Recorded>(
    _ name: String, _ value: inout [Element], isKept: Bool = true
  ) {
    member(name, &value, write: { $0.isEmpty && !isKept ? nil : .array($0.map(\.recorded)) }) {
      reader throws(StateCodec.ReadError) in
      try reader.list(name).map { reader throws(StateCodec.ReadError) in try Element(reader) }
    }
  }

  /// A list of a verdict, which may be left unread.
  mutating func list<Element>(_ name: String, _ value: inout VerdictList<Element>) {
    member(name, &value, write: { .array($0.elements.map(\.recorded)) }) {
      reader throws(StateCodec.ReadError) in
      if let text = reader.unreadList(name) { return .text(text) }
      return .elements(
        try reader.list(name).map { reader throws(StateCodec.ReadError) in try Element(reader) })
    }
  }

  /// An object that is left out where there is none.
  mutating func object<Value: Recorded>(_ name: String, _ value: inout Value?) {
    member(name, &value, write: { $0?.recorded }) { reader throws(StateCodec.ReadError) in
      guard let reader = try reader.object(name) else { return nil }
      return try Value(reader)
    }
  }

  /// Named values in their order.
  ///
  /// - Parameter isKept: Whether it is written when there are none.
  mutating func values(_ name: String, _ value: inout [NamedValue], isKept: Bool = true) {
    member(
      name, &value,
      write: { $0.isEmpty && !isKept ? nil : .object($0.map { ($0.name, $0.value) }) }
    ) { reader throws(StateCodec.ReadError) in
      guard let object = try reader.value(ofObject: name) else { return [] }
      return object.members.map { NamedValue(name: $0.name, value: JSONValue($0.value)) }
    }
  }
}
