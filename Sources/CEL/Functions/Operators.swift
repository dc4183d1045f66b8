internal import JSON

extension FunctionDefinition {
  private static let same = ["bool", "int", "uint", "double", "string", "bytes"]
  private static let numbers = ["int", "uint", "double"]

  /// The operators: langdef, "List of Standard Definitions". Most have nodes of their own.
  static let operators: [FunctionDefinition] =
    [
      FunctionDefinition("!_", ["(bool) -> bool"], .unary(noNode)),
      FunctionDefinition("-_", ["(int) -> int", "(double) -> double"], .unary(negate)),
      FunctionDefinition(
        "_+_",
        arithmetic(numbers + ["string", "bytes", "list(A)", "google.protobuf.Duration"]) + [
          "(google.protobuf.Timestamp, google.protobuf.Duration) -> google.protobuf.Timestamp",
          "(google.protobuf.Duration, google.protobuf.Timestamp) -> google.protobuf.Timestamp",
        ]),
      FunctionDefinition(
        "_-_",
        arithmetic(numbers + ["google.protobuf.Duration"]) + [
          "(google.protobuf.Timestamp, google.protobuf.Duration) -> google.protobuf.Timestamp",
          "(google.protobuf.Timestamp, google.protobuf.Timestamp) -> google.protobuf.Duration",
        ]),
      FunctionDefinition("_*_", arithmetic(numbers)),
      FunctionDefinition("_/_", arithmetic(numbers)),
      FunctionDefinition("_%_", arithmetic(["int", "uint"])),
      FunctionDefinition("_==_", ["(A, A) -> bool"]),
      FunctionDefinition("_!=_", ["(A, A) -> bool"]),
      FunctionDefinition("@in", ["(A, list(A)) -> bool", "(A, map(A, B)) -> bool"]),
    ] + ["_<_", "_<=_", "_>_", "_>=_"].map { FunctionDefinition($0, relation) }

  private static func arithmetic(_ types: [String]) -> [String] {
    types.map { "(\($0), \($0)) -> \($0)" }
  }

  /// Values of one type, and numbers of any.
  private static let relation: [String] =
    (same + ["google.protobuf.Timestamp", "google.protobuf.Duration"]).map {
      "(\($0), \($0)) -> bool"
    }
    + numbers.flatMap { left in
      numbers.filter { $0 != left }.map { "(\(left), \($0)) -> bool" }
    }

  private static func negate(_ operand: Cell, _ frame: inout Frame) throws(Fault) -> Cell {
    try Arithmetic.negate(operand)
  }

  /// For operators that the planner always gives a node of their own.
  private static func noNode(_ operand: Cell, _ frame: inout Frame) throws(Fault) -> Cell {
    throw .noOverload("!_", operand)
  }
}
