/// `sets.contains`, `sets.equivalent`, `sets.intersects`: the extension "Sets". Lists count as sets of their elements.
extension FunctionDefinition {
  static let sets: [FunctionDefinition] = [
    FunctionDefinition(
      "sets.contains", .sets, ["(list(A), list(A)) -> bool"],
      .binary { (list, part, frame) throws(Fault) in
        let all = try cells("sets.contains", list, &frame)
        return .bool(try isSubset(try cells("sets.contains", part, &frame), of: all, &frame))
      }),
    FunctionDefinition(
      "sets.equivalent", .sets, ["(list(A), list(A)) -> bool"],
      .binary { (left, right, frame) throws(Fault) in
        let one = try cells("sets.equivalent", left, &frame)
        let other = try cells("sets.equivalent", right, &frame)
        guard try isSubset(one, of: other, &frame) else { return .bool(false) }
        return .bool(try isSubset(other, of: one, &frame))
      }),
    FunctionDefinition(
      "sets.intersects", .sets, ["(list(A), list(A)) -> bool"],
      .binary { (left, right, frame) throws(Fault) in
        var set = DistinctCells()
        for element in try cells("sets.intersects", left, &frame) {
          try set.insert(element, &frame)
        }
        for element in try cells("sets.intersects", right, &frame) {
          if try set.contains(element, &frame) { return .bool(true) }
        }
        return .bool(false)
      }),
  ]

  private static func isSubset(_ part: [Cell], of all: [Cell], _ frame: inout Frame) throws(Fault)
    -> Bool
  {
    var set = DistinctCells()
    for element in all { try set.insert(element, &frame) }
    for element in part {
      if try !set.contains(element, &frame) { return false }
    }
    return true
  }
}
