/// What a condition asks of one value that it reads, as far as that is written in it: a comparison with
/// a constant, or the value itself where it is a boolean.
///
/// ``Environment/demands(of:on:named:isConstant:)`` reads it off the condition's syntax; nothing is guessed
/// about what functions do.
public indirect enum Demand: Sendable {
  /// The value relates so to the operand, which is a constant: a literal or what names may stand for.
  case value(Relation, Program)
  case present
  case absent
  /// How many elements the list has.
  case size(Demand)
  /// Every element of the list.
  case each(Demand)
  /// At least one element of the list.
  case some(Demand)
  /// All of them.
  case all([Demand])
  /// One of them. `isOpen` where something else than this value can meet the condition as well.
  case any([Demand], isOpen: Bool)

  public enum Relation: Sendable {
    case equal, notEqual
    case less, atMost, more, atLeast
    /// It is an element of the operand, or is none.
    case oneOf, noneOf
    /// The operand is an element of it, or is none.
    case holding, notHolding

    /// What is asked where the opposite of the comparison is.
    var opposite: Relation {
      switch self {
      case .equal: .notEqual
      case .notEqual: .equal
      case .less: .atLeast
      case .atLeast: .less
      case .more: .atMost
      case .atMost: .more
      case .oneOf: .noneOf
      case .noneOf: .oneOf
      case .holding: .notHolding
      case .notHolding: .holding
      }
    }

    /// The same comparison with its sides exchanged.
    var mirrored: Relation {
      switch self {
      case .less: .more
      case .more: .less
      case .atMost: .atLeast
      case .atLeast: .atMost
      default: self
      }
    }
  }
}

extension Environment {
  /// What a condition asks of values that are read elsewhere too, each given by an expression of its own.
  ///
  /// - Parameters:
  ///   - condition: It compiles in this environment, like the others.
  ///   - subjects: The values, by their names.
  ///   - named: The expressions that qualified names (`variables.x`) stand for, followed on both sides.
  ///   - isConstant: Whether a declared name does not depend on what is judged.
  /// - Returns: By the subjects' names; what the condition does not compare is not there.
  public func demands(
    of condition: String, on subjects: [(name: String, source: String)], named: [String: String],
    isConstant: (String) -> Bool
  ) -> [String: Demand] {
    withoutActuallyEscaping(isConstant) { isConstant in
      var finder = DemandFinder(environment: self, named: named, isConstant: isConstant)
      return finder.demands(of: condition, on: subjects)
    }
  }

  func parsed(_ source: String) -> Expression? {
    try? Parser.parse(Array(source.utf8), limits: limits, libraries: libraries).expression
  }

  /// A part of an expression as a program; nil when it reads what only the whole declares.
  func part(_ expression: Expression) -> Program? {
    var planner = ProgramPlanner(environment: self, isChecked: true, parameters: [])
    planner.plan(whole: expression)
    guard planner.faults.isEmpty else { return nil }
    return Program(source: "", resultType: .dyn, plan: planner, limits: limits)
  }
}
