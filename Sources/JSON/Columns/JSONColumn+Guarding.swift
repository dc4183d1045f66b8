// Kernels for values that count only where something else holds.

extension JSONColumn {
  /// The same values, unknown where another column is.
  package func copy(into result: JSONColumn, unknownWith other: JSONColumn, rows: Int) {
    for row in 0..<rows {
      let isUnknown = other.tags[row] == Tag.unknown.rawValue
      result.tags[row] = isUnknown ? Tag.unknown.rawValue : tags[row]
      result.bits[row] = bits[row]
    }
  }

  /// Unknown where another column has an array, an object or a text that was made: what it weighs depends on what it
  /// holds.
  package func leaveContainers(of other: JSONColumn, rows: Int) {
    for row in 0..<rows
    where other.tags[row] == Tag.array.rawValue || other.tags[row] == Tag.object.rawValue
      || other.tags[row] == Tag.text.rawValue && other.bits[row] & Self.made != 0
    {
      tags[row] = Tag.unknown.rawValue
    }
  }

  /// The values of some kinds; those of others are an error, and the rest unknown.
  package func keeping(
    _ kept: Set<Tag>, refusing refused: Set<Tag>, into result: JSONColumn, rows: Int
  ) {
    for row in 0..<rows {
      let tag = tag(row)
      if kept.contains(tag) {
        result.set(row, tag, bits[row])
      } else {
        result.tags[row] =
          Self.failure(tag.rawValue) ?? (refused.contains(tag) ? Tag.fault : .unknown).rawValue
      }
    }
  }

  /// By tag: all bits where it is meant, else none.
  package static func masks(where isMeant: (Tag) -> Bool) -> [UInt64] {
    (0..<16).map { UInt8($0) }.map { Tag(rawValue: $0).map(isMeant) ?? false ? ~0 : 0 }
  }

  /// Each row's mask, by its tag.
  package func masks(by table: [UInt64], rows: Int) -> ContiguousArray<UInt64> {
    precondition(table.count == 16)
    return ContiguousArray(unsafeUninitializedCapacity: rows) { masks, count in
      for row in 0..<rows { masks[row] = table[Int(tags[row] & 15)] }
      count = rows
    }
  }

  /// Adds to amounts, by row, those of others where the tag's mask lets them through.
  ///
  /// - Parameters:
  ///   - first: The amounts to begin with; nil for nothing.
  ///   - result: Another array than both.
  package func add(
    _ second: ContiguousArray<UInt64>, by table: [UInt64], to first: ContiguousArray<UInt64>?,
    into result: inout ContiguousArray<UInt64>, rows: Int
  ) {
    precondition(
      table.count == 16 && second.count >= rows && result.count >= rows
        && first.map { $0.count >= rows } ?? true)
    result.withUnsafeMutableBufferPointer { result in
      second.withUnsafeBufferPointer { second in
        table.withUnsafeBufferPointer { table in
          guard let first else {
            for row in 0..<rows { result[row] = second[row] & table[Int(tags[row] & 15)] }
            return
          }
          first.withUnsafeBufferPointer { first in
            for row in 0..<rows {
              result[row] = first[row] &+ second[row] & table[Int(tags[row] & 15)]
            }
          }
        }
      }
    }
  }

  /// What counts of a row.
  package enum Amount: Sendable {
    /// How many elements a kernel looked at to say yes or no.
    case counts
    /// How many bytes a text has that was made.
    case lengths
  }

  /// What counts of each row, as many bits higher.
  package func amounts(
    _ kind: Amount, into result: inout ContiguousArray<UInt64>, shift: UInt64, rows: Int
  ) {
    result.withUnsafeMutableBufferPointer { result in
      switch kind {
      case .counts:
        for row in 0..<min(rows, result.count) {
          result[row] = tags[row] <= Tag.yes.rawValue ? bits[row] << shift : 0
        }
      case .lengths:
        for row in 0..<min(rows, result.count) {
          let isMade = tags[row] == Tag.text.rawValue && bits[row] & Self.made != 0
          result[row] = isMade ? UInt64(text(row).count) << shift : 0
        }
      }
    }
  }
}
