/// A compiled expression: checked, with its names resolved. Immutable; may be evaluated by many threads at once, each
/// with an ``Activation`` of its own.
public struct Program: Sendable {
  /// One reference, so that passing a program about is cheap.
  private let compiled: Compiled

  private final class Compiled: Sendable {
    let source: String
    let resultType: ValueType
    let variables: [String]
    let root: Node
    let localCount: Int
    let depth: Int
    let slots: [Int]
    let limits: Limits
    /// What operations outside of macros and functions count of a ``Budget``: they are as many as the source is long.
    let overhead: Int

    init(source: String, resultType: ValueType, plan: ProgramPlanner, limits: Limits) {
      self.source = source
      self.resultType = resultType
      self.variables = plan.variables.sorted()
      self.root = plan.root
      self.localCount = plan.localCount
      self.depth = plan.depth
      self.slots = plan.slots.sorted()
      self.limits = limits
      overhead = 1 + source.utf8.count / 64
    }
  }

  init(source: String, resultType: ValueType, plan: ProgramPlanner, limits: Limits) {
    compiled = Compiled(source: source, resultType: resultType, plan: plan, limits: limits)
  }

  /// The expression.
  public var source: String { compiled.source }
  /// The type the checker found; `dyn` when it depends on JSON.
  public var resultType: ValueType { compiled.resultType }
  /// The declared variables it reads, also through functions defined in CEL; sorted, qualified names.
  public var variables: [String] { compiled.variables }

  var root: Node { compiled.root }
  var localCount: Int { compiled.localCount }
  var depth: Int { compiled.depth }
  /// What an evaluation counts of a ``Budget`` for having been made.
  package var overhead: Int { compiled.overhead }
  var slots: [Int] { compiled.slots }
  var limits: Limits { compiled.limits }
  /// Tells it from every other program that is still in use.
  var identity: ObjectIdentifier { ObjectIdentifier(compiled) }

  /// Evaluates against an activation's values.
  ///
  /// The activation must be of the environment that compiled the program, or of a copy of it. Never traps; costs are
  /// bounded by the environment's ``Limits``.
  public func evaluate(_ activation: Activation) -> Result<Value, EvaluationError> {
    activation.frame.begin(compiled.limits, locals: compiled.localCount)
    defer { activation.frame.end(overhead: compiled.overhead) }
    do throws(Fault) {
      return .success(Value(cell: try compiled.root.evaluate(&activation.frame)))
    } catch {
      return .failure(error.error)
    }
  }

  /// Evaluates a condition: the fast way to a boolean.
  ///
  /// A value that is not a boolean is an error.
  public func evaluateCondition(_ activation: Activation) -> Result<Bool, EvaluationError> {
    activation.frame.begin(compiled.limits, locals: compiled.localCount)
    defer { activation.frame.end(overhead: compiled.overhead) }
    do throws(Fault) {
      return .success(try compiled.root.test(&activation.frame))
    } catch {
      return .failure(error.error)
    }
  }
}
