/// Why an evaluation has no value.
///
/// langdef, "Runtime Errors". An error is absorbed by `&&`, `||`, `? :` and the macros made of them, as the language
/// says; what comes out of ``Program/evaluate(_:)`` was not.
public struct EvaluationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of error it is.
  public enum Kind: String, Hashable, Sendable {
    /// A map or JSON object has no such key.
    case noSuchKey
    /// A list has no such index.
    case indexOutOfRange
    /// A function or operator does not take values of these types.
    case noSuchOverload
    /// Division or modulus by zero.
    case divisionByZero
    /// A number, timestamp or duration leaves its range.
    case overflow
    /// A limit of ``Limits`` was passed.
    case limit
    /// A value can't be converted or read.
    case conversion
    /// A declared variable has no value in the activation.
    case unset
    /// A name that nothing declares; only in expressions that were not checked.
    case undeclared
    /// A value of an optional that has none.
    case noValue
    /// A value that the function does not take, of the right type.
    case invalidArgument
    /// A lazy variable needs its own value.
    case cycle
    /// A map literal repeats a key.
    case duplicateKey
  }

  private let fault: Fault

  /// An error.
  public init(kind: Kind, message: String, offset: Int? = nil) {
    fault = Fault(kind, message, at: offset)
  }

  init(_ fault: Fault) {
    self.fault = fault
  }

  /// What kind of error it is.
  public var kind: Kind { fault.kind }
  /// The error in a sentence; made when asked for.
  public var message: String { fault.message }
  /// The byte of the expression's UTF-8 where it arose, counted from 0; nil when unknown.
  public var offset: Int? { fault.offset }

  /// The message.
  public var description: String { message }

  /// Whether kind, message and place are the same.
  public static func == (left: EvaluationError, right: EvaluationError) -> Bool {
    left.kind == right.kind && left.message == right.message && left.offset == right.offset
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(message)
    hasher.combine(offset)
  }
}

/// An evaluation error on its way: one reference, and a message that is made when it is read, so that throwing is cheap
/// where errors are absorbed. The message's closure captures no cell: it may outlive what cells point into.
final class Fault: Error, Sendable {
  let kind: EvaluationError.Kind
  private let text: @Sendable () -> String
  let offset: Int?

  init(
    _ kind: EvaluationError.Kind, _ text: @autoclosure @escaping @Sendable () -> String,
    at offset: Int? = nil
  ) {
    self.kind = kind
    self.text = text
    self.offset = offset
  }

  private init(copying fault: Fault, at offset: Int) {
    kind = fault.kind
    text = fault.text
    self.offset = offset
  }

  /// The same fault in a function's body, at the place of the call: the body is another source.
  func inCall(at offset: Int) -> Fault { Fault(copying: self, at: offset) }

  /// The same fault with a place, unless it has one.
  func at(_ offset: Int) -> Fault { self.offset == nil ? Fault(copying: self, at: offset) : self }

  var message: String { text() }

  var error: EvaluationError { EvaluationError(self) }

  static func noOverload(_ function: String, _ arguments: Cell...) -> Fault {
    noOverload(function, arguments)
  }

  static func noOverload(_ function: String, _ arguments: [Cell]) -> Fault {
    let types = arguments.map(\.typeName)
    return Fault(.noSuchOverload, "no such overload: \(function)(\(types.joined(separator: ", ")))")
  }

  static func noSuchKey(_ key: String) -> Fault { Fault(.noSuchKey, "no such key: \(key)") }

  static func limit(_ name: String, _ value: Int) -> Fault {
    Fault(.limit, "the evaluation passes the limit of \(value) \(name)")
  }
}
