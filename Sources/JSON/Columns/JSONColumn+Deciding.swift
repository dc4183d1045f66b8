// What becomes of each row, from what was computed of it.

extension JSONColumn {
  /// What becomes of a row.
  package enum Decision: UInt8, Sendable {
    /// It is not in scope.
    case out = 0
    case compliant = 1
    case notCompliant = 2
    /// It must be looked at by itself: columns do not say, or say it and more is wanted of it. Then the two bits above
    /// have the decision.
    case open = 3
  }

  /// How many rows there are of each decision.
  package struct DecisionCounts: Sendable {
    package var out = 0
    package var compliant = 0
    package var notCompliant = 0
    package var open = 0
  }

  /// Decides rows: out of scope where `scope` is false; open where something is not known, or an error.
  ///
  /// - Parameters:
  ///   - readable: What must be true for the scope to be asked at all.
  ///   - judgeable: What must be true of a row in scope.
  ///   - identity: What must be a text or an integer of a row in scope.
  package static func decide(
    readable: JSONColumn?, scope: JSONColumn?, judgeable: JSONColumn?, identity: JSONColumn?,
    condition: JSONColumn, into result: JSONColumn, rows: Int
  ) {
    for row in 0..<rows {
      let code = condition.tags[row]
      result.tags[row] = code == 1 ? 1 : code == 0 ? 2 : 3
    }
    if let identity {
      for row in 0..<rows {
        let tag = identity.tags[row]
        if tag != Tag.text.rawValue && tag != Tag.int.rawValue { result.tags[row] = 3 }
      }
    }
    if let judgeable {
      for row in 0..<rows where judgeable.tags[row] != 1 { result.tags[row] = 3 }
    }
    if let scope {
      for row in 0..<rows {
        let code = scope.tags[row]
        result.tags[row] = code == 1 ? result.tags[row] : code == 0 ? 0 : 3
      }
    }
    if let readable {
      for row in 0..<rows where readable.tags[row] != 1 { result.tags[row] = 3 }
    }
  }

  /// By row: all bits where it is in scope, else none.
  package func scopeMasks(rows: Int) -> ContiguousArray<UInt64> {
    masks(by: Self.masks { $0.rawValue != Decision.out.rawValue }, rows: rows)
  }

  /// Whether a row is in scope.
  package func isInScope(_ row: Int) -> Bool { tags[row] != Decision.out.rawValue }

  /// The rows that are open.
  package func openRows(rows: Int) -> [Int] {
    (0..<rows).filter { tags[$0] & 3 == Decision.open.rawValue }
  }

  /// What was decided of a row that is open; nil where nothing was.
  package func opened(_ row: Int) -> Decision? {
    tags[row] > 3 ? Decision(rawValue: tags[row] >> 2) : nil
  }

  @inline(__always) private func open(_ row: Int) {
    if tags[row] & 3 != Decision.open.rawValue {
      tags[row] = tags[row] << 2 | Decision.open.rawValue
    }
  }

  /// How many of some rows were decided how.
  package func decisionCounts(rows: Range<Int>) -> DecisionCounts {
    // Eight codes of two bits each at once, a sum in each byte: a batch is too short for one to overflow.
    let ones: UInt64 = 0x0101_0101_0101_0101
    var sums: (UInt64, UInt64, UInt64) = (0, 0, 0)
    var row = rows.lowerBound
    while row + 8 <= rows.upperBound {
      let codes = UnsafeRawPointer(tags + row).loadUnaligned(as: UInt64.self)
      let high = codes >> 1
      sums.0 &+= ~(codes | high) & ones
      sums.1 &+= codes & ~high & ones
      sums.2 &+= high & ~codes & ones
      row += 8
    }
    var counts = (Self.sum(ofBytes: sums.0), Self.sum(ofBytes: sums.1), Self.sum(ofBytes: sums.2))
    while row < rows.upperBound {
      let code = tags[row]
      counts.0 += code == 0 ? 1 : 0
      counts.1 += code == 1 ? 1 : 0
      counts.2 += code == 2 ? 1 : 0
      row += 1
    }
    return DecisionCounts(
      out: counts.0, compliant: counts.1, notCompliant: counts.2,
      open: rows.count - counts.0 - counts.1 - counts.2)
  }

  private static func sum(ofBytes bytes: UInt64) -> Int {
    let low: UInt64 = 0x00FF_00FF_00FF_00FF
    let pairs = (bytes & low) + (bytes >> 8 & low)
    return Int((pairs &* 0x0001_0001_0001_0001) >> 48)
  }

  /// Opens the rows in scope whose identity does not come behind `last`, or is no text of at most `limit` bytes.
  ///
  /// - Parameters:
  ///   - decision: Only rows of that decision; nil for all in scope.
  ///   - least: The row of the least identity, where all are texts of at most that many bytes.
  package func open(
    _ decision: Decision?, unless identity: JSONColumn, isBehind last: String?, limit: Int,
    least: Int?, rows: Int
  ) {
    guard var last else {
      for row in 0..<rows where isMeant(row, decision) { open(row) }
      return
    }
    last.withUTF8 { last in
      // Most batches come behind it as a whole.
      if let least, identity.text(least).compared(to: last) > 0 { return }
      for row in 0..<rows where isMeant(row, decision) {
        if identity.tags[row] == Tag.text.rawValue, identity.text(row).count <= limit,
          identity.text(row).compared(to: last) > 0
        {
          continue
        }
        open(row)
      }
    }
  }

  /// The row of the text that comes first; nil unless all rows are texts of at most `limit` bytes.
  package func least(limit: Int, rows: Int) -> Int? {
    var least: Int?
    for row in 0..<rows {
      guard tags[row] == Tag.text.rawValue, text(row).count <= limit else { return nil }
      if let known = least, text(known).compared(to: text(row)) <= 0 { continue }
      least = row
    }
    return least
  }

  @inline(__always) private func isMeant(_ row: Int, _ decision: Decision?) -> Bool {
    if let decision { tags[row] == decision.rawValue } else { tags[row] != 0 }
  }

  /// True where each value that is there is of one of the tags, and no list leads to it; else unknown.
  ///
  /// - Parameters:
  ///   - way: The columns of the objects that lead to it, the first below the row first.
  ///   - allowsEmpty: Whether a text may be empty.
  package func isOf(
    _ wanted: Set<Tag>, allowsEmpty: Bool, way: [JSONColumn], into result: JSONColumn, rows: Int
  ) {
    var table = [UInt8](repeating: 3, count: 16)
    for tag in wanted { table[Int(tag.rawValue)] = 1 }
    // What is not there is the conditions' matter.
    for tag in [Tag.missing, .absent, .fault] { table[Int(tag.rawValue)] = 1 }
    for row in 0..<rows {
      let tag = tags[row]
      var code = table[Int(tag & 15)]
      if tag == Tag.text.rawValue, !allowsEmpty, text(row).isEmpty { code = 3 }
      result.tags[row] = code
    }
    for column in way {
      for row in 0..<rows
      where column.tags[row] == Tag.array.rawValue || column.tags[row] == Tag.unknown.rawValue {
        result.tags[row] = 3
      }
    }
  }
}
