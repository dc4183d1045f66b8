internal import JSON

/// A call of a built-in function with one argument, the receiver included.
final class UnaryCallNode: Node, @unchecked Sendable {
  let name: String
  let function: FunctionDefinition.Unary
  let argument: Node

  init(
    _ name: String, _ function: @escaping FunctionDefinition.Unary, _ argument: Node, offset: Int
  ) {
    self.name = name
    self.function = function
    self.argument = argument
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    let cell = try argument.evaluate(&frame)
    do throws(Fault) { return try function(cell, &frame) } catch { throw error.at(offset) }
  }
}

/// A call of a built-in function with two arguments.
final class BinaryCallNode: Node, @unchecked Sendable {
  let name: String
  let function: FunctionDefinition.Binary
  let first: Node
  let second: Node

  init(
    _ name: String, _ function: @escaping FunctionDefinition.Binary, _ first: Node, _ second: Node,
    offset: Int
  ) {
    self.name = name
    self.function = function
    self.first = first
    self.second = second
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    let one = try first.evaluate(&frame)
    let other = try second.evaluate(&frame)
    do throws(Fault) { return try function(one, other, &frame) } catch { throw error.at(offset) }
  }
}

/// A call of a built-in function with three arguments.
final class TernaryCallNode: Node, @unchecked Sendable {
  let name: String
  let function: FunctionDefinition.Ternary
  let arguments: (Node, Node, Node)

  init(
    _ name: String, _ function: @escaping FunctionDefinition.Ternary,
    _ arguments: (Node, Node, Node), offset: Int
  ) {
    self.name = name
    self.function = function
    self.arguments = arguments
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    let one = try arguments.0.evaluate(&frame)
    let two = try arguments.1.evaluate(&frame)
    let three = try arguments.2.evaluate(&frame)
    do throws(Fault) { return try function(one, two, three, &frame) } catch {
      throw error.at(offset)
    }
  }
}

/// A call of a built-in function with any number of arguments.
final class VariadicCallNode: Node, @unchecked Sendable {
  let name: String
  let function: FunctionDefinition.Variadic
  let arguments: [Node]

  init(
    _ name: String, _ function: @escaping FunctionDefinition.Variadic, _ arguments: [Node],
    offset: Int
  ) {
    self.name = name
    self.function = function
    self.arguments = arguments
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    var cells: [Cell] = []
    for argument in arguments { cells.append(try argument.evaluate(&frame)) }
    do throws(Fault) { return try function(cells, &frame) } catch { throw error.at(offset) }
  }
}

/// `text.matches(pattern)` with a constant pattern.
final class MatchesNode: Node, @unchecked Sendable {
  let text: Node
  let pattern: RegularExpression

  init(_ text: Node, _ pattern: RegularExpression, offset: Int) {
    self.text = text
    self.pattern = pattern
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell { .bool(try test(&frame)) }

  override func test(_ frame: inout Frame) throws(Fault) -> Bool {
    let cell = try text.evaluate(&frame)
    let found: (isMatch: Bool, count: Int)? = TextBytes.withSpan(cell) {
      (pattern.matches($0), $0.count)
    }
    guard let found else { throw Fault.noOverload("matches", cell, .string("")).at(offset) }
    try frame.step(bytes: found.count)
    return found.isMatch
  }
}

/// A call of a function defined in CEL: its arguments are evaluated once, an error shows where the parameter is used.
final class DefinedCallNode: Node, @unchecked Sendable {
  let function: DefinedFunction
  let arguments: [Node]
  // Most functions have one or two parameters: taking those out of an array would count references.
  private let first: Node
  private let second: Node
  private let body: Node

  init(_ function: DefinedFunction, _ arguments: [Node], offset: Int) {
    self.function = function
    self.arguments = arguments
    body = function.body
    first = arguments.first ?? body
    second = arguments.dropFirst().first ?? body
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    let outer = try enter(&frame)
    defer { frame.leave(outer, depth: 0) }
    do throws(Fault) { return try body.evaluate(&frame) } catch {
      throw error.inCall(at: offset)
    }
  }

  override func test(_ frame: inout Frame) throws(Fault) -> Bool {
    let outer = try enter(&frame)
    defer { frame.leave(outer, depth: 0) }
    do throws(Fault) { return try body.test(&frame) } catch {
      throw error.inCall(at: offset)
    }
  }

  /// The depth of the body is counted already in that of the program that calls it.
  private func enter(_ frame: inout Frame) throws(Fault) -> (base: Int, top: Int) {
    try frame.step(function.stepCost)
    if arguments.count > 0 { try push(first, &frame) }
    if arguments.count > 1 { try push(second, &frame) }
    if arguments.count > 2 {
      for argument in arguments[2...] { try push(argument, &frame) }
    }
    return frame.enter(pushed: arguments.count, locals: function.localCount)
  }

  private func push(_ argument: Node, _ frame: inout Frame) throws(Fault) {
    if let place = try argument.place(&frame) {
      frame.push(at: place)
    } else {
      frame.push(try Bind.follow(argument, &frame))
    }
  }
}

/// Values that are computed before they are used.
enum Bind {
  /// A node's value, or the error it has instead; a passed limit ends the evaluation.
  static func value(of node: Node, _ frame: inout Frame) throws(Fault) -> Cell {
    do throws(Fault) { return try node.evaluate(&frame) } catch { return try absorbed(error) }
  }

  /// The same after ``Node/place(_:)`` gave none.
  static func follow(_ node: Node, _ frame: inout Frame) throws(Fault) -> Cell {
    do throws(Fault) { return try node.follow(&frame) } catch { return try absorbed(error) }
  }

  private static func absorbed(_ fault: Fault) throws(Fault) -> Cell {
    if fault.kind == .limit { throw fault }
    return .fault(fault)
  }
}

/// `cel.bind(name, value, body)` and `cel.block([value, …], body)`
final class BindNode: Node, @unchecked Sendable {
  let bindings: [(index: Int, value: Node)]
  let body: Node

  init(_ bindings: [(index: Int, value: Node)], _ body: Node, offset: Int) {
    self.bindings = bindings
    self.body = body
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    try bind(&frame)
    return try body.evaluate(&frame)
  }

  override func test(_ frame: inout Frame) throws(Fault) -> Bool {
    try bind(&frame)
    return try body.test(&frame)
  }

  private func bind(_ frame: inout Frame) throws(Fault) {
    for (index, value) in bindings {
      let cell = try Bind.value(of: value, &frame)
      frame.setLocal(index, cell)
    }
  }
}

/// `optional.optMap(name, body)` and `optional.optFlatMap(name, body)`
final class OptionalMapNode: Node, @unchecked Sendable {
  let target: Node
  let index: Int
  let body: Node
  let isFlat: Bool

  init(_ target: Node, _ index: Int, _ body: Node, isFlat: Bool, offset: Int) {
    self.target = target
    self.index = index
    self.body = body
    self.isFlat = isFlat
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    let cell = try target.evaluate(&frame)
    guard case .optional(let box) = cell else {
      throw Fault.noOverload(isFlat ? "optFlatMap" : "optMap", cell).at(offset)
    }
    guard let wrapped = box.wrapped else { return cell }
    frame.setLocal(index, wrapped)
    let result = try body.evaluate(&frame)
    guard isFlat else { return try frame.optional(result) }
    guard case .optional = result else { throw Fault.noOverload("optFlatMap", result).at(offset) }
    return result
  }
}
