/// A parsed expression, macros recognised.
///
/// langdef, "Syntax" and "Macros". Macros stay what they are instead of becoming folds: the checker and the planner know
/// each by name.
package struct Expression: Sendable {
  package let kind: Kind
  /// The byte an issue with it points at: a call's name, an operator, a selected field.
  package let offset: Int
  package let length: Int
  /// Counted from 0 over the whole expression.
  package let id: Int
  /// How deep it nests, from 1.
  package let height: Int
  /// How many expressions it has, itself included.
  package let count: Int

  package indirect enum Kind: Sendable {
    case literal(Literal)
    case identifier(String, isAbsolute: Bool)
    case select(Expression, field: String, isOptional: Bool)
    case has(Expression, field: String, isOptional: Bool)
    case index(Expression, Expression, isOptional: Bool)
    /// Operators are named as in langdef's "List of Standard Definitions": `_+_`, `-_`, `!_`, `@in`.
    case call(String, target: Expression?, [Expression])
    case logical(LogicalOperator, [Expression])
    case conditional(Expression, Expression, Expression)
    case list([Element])
    case map([Entry])
    case message(String)
    case comprehension(Comprehension)
    case bind(String, Expression, Expression)
    case optionalMap(String, Expression, Expression, isFlat: Bool)
    case block([Expression], Expression)
  }

  package enum Literal: Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    case string(String)
    case bytes([UInt8])
  }

  package enum LogicalOperator: String, Sendable {
    case and = "_&&_"
    case or = "_||_"
  }

  /// An element of a list literal, with `?` when it is optional.
  package struct Element: Sendable {
    package let value: Expression
    package let isOptional: Bool
  }

  /// An entry of a map literal, with `?` when its value is optional.
  package struct Entry: Sendable {
    package let key: Expression
    package let value: Expression
    package let isOptional: Bool
  }

  /// A macro over the elements of a list or the entries of a map.
  package struct Comprehension: Sendable {
    package enum Macro: String, Sendable {
      case all
      case exists
      case existsOne
      case map
      case filter
      case transformList
      case transformMap
      case transformMapEntry
      case sortBy
    }

    package let macro: Macro
    package let range: Expression
    /// One (element or key) or two (index or key, value).
    package let variables: [String]
    /// What decides whether an element is taken, of `map` and the transforms.
    package let filter: Expression?
    package let body: Expression
  }

  /// The dotted name that a chain of selections spells; nil for anything else.
  package var qualifiedName: (name: String, isAbsolute: Bool)? {
    switch kind {
    case .identifier(let name, let isAbsolute): (name, isAbsolute)
    case .select(let operand, let field, isOptional: false):
      operand.qualifiedName.map { ("\($0.name).\(field)", $0.isAbsolute) }
    default: nil
    }
  }

  /// The identifier a chain of selections starts with.
  package var leadingIdentifier: String? {
    switch kind {
    case .identifier(let name, isAbsolute: false): name
    case .select(let operand, _, isOptional: false): operand.leadingIdentifier
    default: nil
    }
  }
}
