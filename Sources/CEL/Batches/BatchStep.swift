internal import JSON

/// One operation over all rows of a batch.
struct BatchStep {
  /// Fills a column, or a cost, from others that were filled before.
  let run: (_ rows: Int) -> Void
}

/// What an expression is on each row.
struct BatchOperand {
  let column: JSONColumn
  /// What evaluating it costs; nil for nothing.
  var cost: CostColumn?
  /// The value, when it is the same on every row.
  var constant: Cell?
  /// Whether the rows are codes of a condition: true, false, error, unknown.
  var isCondition = false
  /// Whether each row is a part of a document, or nothing: no text was made.
  var isOfDocument = false
  /// The documents that its arrays and objects are of; nil when it has none, or of several.
  var rows: JSONRows?
  /// The first step of a chain of optional fields, while nothing has been made of the optional.
  var optional: JSONColumn?
  /// Whether it was evaluated row by row, and nothing done with it since.
  var isOfRowStep = false
  /// Of what a name stands for: how many lists are around the rows that it is of. Nothing for a constant.
  var level = 0
}
