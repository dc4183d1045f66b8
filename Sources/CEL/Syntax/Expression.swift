/// A parsed expression, macros recognised.
///
/// langdef, "Syntax" and "Macros". Macros stay what they are instead of becoming folds: the checker and the planner know
/// each by name.
struct Expression: Sendable {
  let kind: Kind
  /// The byte an issue with it points at: a call's name, an operator, a selected field.
  let offset: Int
  let length: Int
  /// Counted from 0 over the whole expression.
  let id: Int
  /// How deep it nests, from 1.
  let height: Int
  /// How many expressions it has, itself included.
  let count: Int

  indirect enum Kind: Sendable {
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

  enum Literal: Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    case string(String)
    case bytes([UInt8])
  }

  enum LogicalOperator: String, Sendable {
    case and = "_&&_"
    case or = "_||_"
  }

  /// An element of a list literal, with `?` when it is optional.
  struct Element: Sendable {
    let value: Expression
    let isOptional: Bool
  }

  /// An entry of a map literal, with `?` when its value is optional.
  struct Entry: Sendable {
    let key: Expression
    let value: Expression
    let isOptional: Bool
  }

  /// A macro over the elements of a list or the entries of a map.
  struct Comprehension: Sendable {
    enum Macro: String, Sendable {
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

    let macro: Macro
    let range: Expression
    /// One (element or key) or two (index or key, value).
    let variables: [String]
    /// What decides whether an element is taken, of `map` and the transforms.
    let filter: Expression?
    let body: Expression
  }

  /// The dotted name that a chain of selections spells; nil for anything else.
  var qualifiedName: (name: String, isAbsolute: Bool)? {
    switch kind {
    case .identifier(let name, let isAbsolute): (name, isAbsolute)
    case .select(let operand, let field, isOptional: false):
      operand.qualifiedName.map { ("\($0.name).\(field)", $0.isAbsolute) }
    default: nil
    }
  }

  /// The identifier a chain of selections starts with.
  var leadingIdentifier: String? {
    switch kind {
    case .identifier(let name, isAbsolute: false): name
    case .select(let operand, _, isOptional: false): operand.leadingIdentifier
    default: nil
    }
  }
}
