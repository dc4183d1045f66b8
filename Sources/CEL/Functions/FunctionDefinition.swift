/// A built-in function: what the checker knows of it and how it is evaluated.
struct FunctionDefinition: Sendable {
  let name: String
  /// Absent for the standard functions.
  let library: Library?
  let overloads: [Overload]
  let implementations: [Implementation]

  typealias Unary = @Sendable (Cell, inout Frame) throws(Fault) -> Cell
  typealias Binary = @Sendable (Cell, Cell, inout Frame) throws(Fault) -> Cell
  typealias Ternary = @Sendable (Cell, Cell, Cell, inout Frame) throws(Fault) -> Cell
  typealias Variadic = @Sendable ([Cell], inout Frame) throws(Fault) -> Cell

  /// What is called, by the number of arguments with the receiver.
  enum Implementation: Sendable {
    case unary(Unary)
    case binary(Binary)
    case ternary(Ternary)
    case variadic(count: Int?, Variadic)

    func takes(_ count: Int) -> Bool {
      switch self {
      case .unary: count == 1
      case .binary: count == 2
      case .ternary: count == 3
      case .variadic(let fixed, _): fixed == nil ? count > 0 : fixed == count
      }
    }
  }

  init(
    _ name: String, _ library: Library, _ signatures: [String], _ implementations: Implementation...
  ) {
    self.init(name: name, library: library, signatures, implementations)
  }

  /// A standard function.
  init(_ name: String, _ signatures: [String], _ implementations: Implementation...) {
    self.init(name: name, library: nil, signatures, implementations)
  }

  private init(
    name: String, library: Library?, _ signatures: [String], _ implementations: [Implementation]
  ) {
    self.name = name
    self.library = library
    self.overloads = signatures.map { Overload($0) }
    self.implementations = implementations
  }

  func implementation(arguments count: Int) -> Implementation? {
    implementations.first { $0.takes(count) }
  }

  /// Every built-in function by its name.
  static let all: [String: FunctionDefinition] = {
    let groups = [
      operators, conversions, standardStrings, timestamps, strings, math, encoders, lists, sets,
      network, regex, optionals, dns, iso8601,
    ]
    return Dictionary(groups.joined().map { ($0.name, $0) }) { first, _ in first }
  }()
}

/// A function that was defined in CEL: its body is evaluated with its parameters as local variables.
final class DefinedFunction: Sendable {
  let overload: Overload
  let body: Node
  let localCount: Int
  let depth: Int
  let stepCost: Int
  let slots: [Int]
  let variables: [String]

  init(
    overload: Overload, body: Node, localCount: Int, depth: Int, stepCost: Int, slots: [Int],
    variables: [String]
  ) {
    self.overload = overload
    self.body = body
    self.localCount = localCount
    self.depth = depth
    self.stepCost = stepCost
    self.slots = slots
    self.variables = variables
  }
}
