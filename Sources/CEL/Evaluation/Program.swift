/// A compiled expression: checked, with its names resolved. Immutable; may be evaluated by many threads at once, each
/// with an ``Activation`` of its own.
public struct Program: Sendable {
  /// The expression.
  public let source: String
  /// The type the checker found; `dyn` when it depends on JSON.
  public let resultType: ValueType
  /// The declared variables it reads, also through functions defined in CEL; sorted, qualified names.
  public let variables: [String]

  let root: Node
  let localCount: Int
  let depth: Int
  let slots: [Int]
  let limits: Limits

  /// Evaluates against an activation's values.
  ///
  /// The activation must be of the environment that compiled the program, or of a copy of it. Never traps; costs are
  /// bounded by the environment's ``Limits``.
  public func evaluate(_ activation: Activation) -> Result<Value, EvaluationError> {
    activation.frame.begin(limits, locals: localCount)
    do throws(Fault) {
      return .success(Value(cell: try root.evaluate(&activation.frame)))
    } catch {
      return .failure(error.error)
    }
  }

  /// Evaluates a condition: the fast way to a boolean.
  ///
  /// A value that is not a boolean is an error.
  public func evaluateCondition(_ activation: Activation) -> Result<Bool, EvaluationError> {
    activation.frame.begin(limits, locals: localCount)
    do throws(Fault) {
      return .success(try root.test(&activation.frame))
    } catch {
      return .failure(error.error)
    }
  }
}
