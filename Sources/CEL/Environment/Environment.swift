/// The variables and functions that expressions may use.
///
/// langdef, "Name Resolution". An environment is a value: a copy can be extended, and slots declared before the copy was
/// made are the same in both.
///
/// ```swift
/// var environment = Environment()
/// let resource = environment.declare("resource", .dyn)
/// let program = try environment.compile("resource.age >= 18", expecting: .bool)
///
/// let activation = Activation()
/// activation.set(resource, Value(try JSONView(parsing: #"{"age": 20}"#)))
/// program.evaluate(activation)  // .success(true)
/// ```
public struct Environment: Sendable {
  /// The namespace that names are looked up in first, outwards; empty for none.
  public let container: String
  /// What expressions may cost.
  public let limits: Limits
  /// The extension libraries in scope.
  public let libraries: Set<Library>

  private(set) var variables: [String: Variable] = [:]
  private(set) var functions: [String: DefinedFunction] = [:]
  /// Functions that have signatures and no body.
  private(set) var declarations: [String: [Overload]] = [:]
  private var slotCount = 0

  /// A declared variable.
  struct Variable: Sendable {
    let slot: Slot
    let type: ValueType
    /// Whether it is the time: ``Validity`` follows what is made of it.
    var isTime = false
  }

  /// An environment with the standard functions and those of the libraries.
  public init(
    container: String = "", limits: Limits = Limits(), libraries: Set<Library> = Library.standard
  ) {
    self.container = container
    self.limits = limits
    self.libraries = libraries
  }

  /// Declares a variable, perhaps with a qualified name such as `parameters.minimumLength`.
  ///
  /// A qualified name is one variable: `parameters.minimumLenght` is then an undeclared reference, not a missing key.
  /// Declaring a name again replaces its type and gives a new slot.
  @discardableResult
  public mutating func declare(_ name: String, _ type: ValueType) -> Slot {
    let slot = Slot(index: slotCount)
    slotCount += 1
    variables[name] = Variable(slot: slot, type: type)
    return slot
  }

  /// Declares a variable that is the time, a timestamp: of what is evaluated is known then how long it holds.
  package mutating func declare(time name: String) -> Slot {
    let slot = declare(name, .timestamp)
    variables[name]?.isTime = true
    return slot
  }

  /// The slot of a declared variable.
  public func slot(of name: String) -> Slot? { variables[name]?.slot }

  /// Declares a function's signatures without a body: expressions that call it can be checked, not evaluated.
  mutating func declare(function name: String, _ overloads: [Overload]) {
    declarations[name] = overloads
  }

  /// Defines a function in CEL. Its body sees its parameters, and the variables and functions declared so far; it can't
  /// call itself. Arguments are evaluated once, before the body.
  ///
  /// - Parameters:
  ///   - name: An identifier, perhaps qualified; not the name of a function that there is.
  ///   - parameters: Distinct identifiers with their types.
  /// - Throws: ``CompilationError`` for the body, and for a name that can't be taken.
  public mutating func define(
    function name: String, parameters: [(name: String, type: ValueType)], body: String
  ) throws(CompilationError) {
    functions[name] = try compileFunction(name, parameters: parameters, body: body)
  }

  /// Compiles an expression: parses it, checks it, resolves its names.
  ///
  /// - Parameter type: What the expression must give; `dyn` results pass, and are not checked when evaluated.
  /// - Throws: ``CompilationError`` with every issue found.
  public func compile(_ source: String, expecting type: ValueType? = nil) throws(CompilationError)
    -> Program
  {
    try compile(source, expecting: type, isChecked: true)
  }

  /// Compiles an expression without checking types and names: langdef, "Dynamic Values". What is wrong shows when it is
  /// evaluated.
  public func compileUnchecked(_ source: String) throws(CompilationError) -> Program {
    try compile(source, expecting: nil, isChecked: false)
  }
}
