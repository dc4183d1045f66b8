/// What the checker knows of its type parameters: langdef, "Gradual Type Checking".
///
/// Types are related by assignability: `dyn` agrees with everything, a parameter with what it stands for, null with what
/// is nullable. When a parameter meets two types, it stands for the more general one.
struct Substitution {
  private var types: [String: ValueType] = [:]
  private var count = 0
  /// Guards against types that grow with each use.
  private static let depthLimit = 64

  /// A parameter that stands for nothing yet.
  mutating func fresh() -> ValueType {
    count += 1
    return .parameter("%\(count)")
  }

  /// Whether values of the first type can be used as the second; remembers what that says about parameters.
  mutating func isAssignable(_ left: ValueType, _ right: ValueType) -> Bool {
    let saved = types
    if agree(left, right, 0) { return true }
    types = saved
    return false
  }

  /// ``isAssignable(_:_:)`` for several pairs: all or none.
  mutating func areAssignable(_ left: [ValueType], _ right: [ValueType]) -> Bool {
    guard left.count == right.count else { return false }
    let saved = types
    for (one, other) in zip(left, right) where !agree(one, other, 0) {
      types = saved
      return false
    }
    return true
  }

  /// The type with every known parameter replaced; unknown ones become `dyn` when asked.
  func resolve(_ type: ValueType, unknownAsDyn: Bool = false, depth: Int = 0) -> ValueType {
    guard depth < Self.depthLimit else { return .dyn }
    if case .parameter(let name) = type {
      if let known = types[name] {
        return resolve(known, unknownAsDyn: unknownAsDyn, depth: depth + 1)
      }
      return unknownAsDyn ? .dyn : type
    }
    return type.replacingParameters { resolve($0, unknownAsDyn: unknownAsDyn, depth: depth + 1) }
  }

  /// The more general of two types that agree.
  static func moreGeneral(_ left: ValueType, _ right: ValueType) -> ValueType {
    switch (left, right) {
    case (.dyn, _), (_, .dyn): .dyn
    case (.null, _): right
    case (_, .null): left
    case (.wrapper(right), _): left
    case (_, .wrapper(left)): right
    default: isEqualOrMoreGeneral(left, right, 0) ? left : right
    }
  }

  private mutating func agree(_ left: ValueType, _ right: ValueType, _ depth: Int) -> Bool {
    guard depth < Self.depthLimit else { return false }
    if case .parameter = right {
      switch substitute(left, for: right, depth) {
      case .agrees: return true
      case .contradicts: return false
      case .recursive: break
      }
    }
    if case .parameter = left {
      return substitute(right, for: left, depth) == .agrees
    }
    if left == .dyn || right == .dyn {
      bindToDyn(left == .dyn ? right : left, depth)
      return true
    }
    if left == .null { return Self.isNullable(right) }
    if right == .null { return Self.isNullable(left) }
    switch (left, right) {
    case (.wrapper(let left), .wrapper(let right)): return agree(left, right, depth + 1)
    case (.wrapper(let wrapped), _): return agree(wrapped, right, depth + 1)
    case (_, .wrapper(let wrapped)): return agree(left, wrapped, depth + 1)
    case (.type, .type): return true
    default: break
    }
    let one = left.parameters
    let other = right.parameters
    guard left.name == right.name, one.count == other.count else { return false }
    for (one, other) in zip(one, other) where !agree(one, other, depth + 1) { return false }
    return true
  }

  /// What a `dyn` value is made of is `dyn` too: the elements of `[resource.x].flatten()` are not
  /// free to become the first type that they are compared with.
  private mutating func bindToDyn(_ type: ValueType, _ depth: Int) {
    guard depth < Self.depthLimit else { return }
    if case .parameter(let name) = type {
      if let known = types[name] { bindToDyn(known, depth + 1) } else { types[name] = .dyn }
      return
    }
    for parameter in type.parameters { bindToDyn(parameter, depth + 1) }
  }

  /// Null is a value of the types that protobuf messages have.
  private static func isNullable(_ type: ValueType) -> Bool {
    switch type {
    case .null, .wrapper, .timestamp, .duration, .optional, .abstract: true
    default: false
    }
  }

  private enum Outcome {
    case agrees
    case contradicts
    /// The parameter occurs in the type.
    case recursive
  }

  private mutating func substitute(
    _ type: ValueType, for parameter: ValueType, _ depth: Int
  ) -> Outcome {
    guard case .parameter(let name) = parameter else { return .contradicts }
    if type == parameter { return .agrees }
    guard let known = types[name] else {
      guard !occurs(parameter, in: type, 0) else { return .recursive }
      types[name] = type
      return .agrees
    }
    if type == known { return .agrees }
    guard agree(type, known, depth + 1) else { return .contradicts }
    let general = Self.moreGeneral(type, known)
    if !occurs(parameter, in: general, 0) { types[name] = general }
    return .agrees
  }

  private func occurs(_ parameter: ValueType, in type: ValueType, _ depth: Int) -> Bool {
    guard depth < Self.depthLimit else { return true }
    if type == parameter { return true }
    if case .parameter(let name) = type {
      return types[name].map { occurs(parameter, in: $0, depth + 1) } ?? false
    }
    return type.parameters.contains { occurs(parameter, in: $0, depth + 1) }
  }

  private static func isEqualOrMoreGeneral(_ left: ValueType, _ right: ValueType, _ depth: Int)
    -> Bool
  {
    guard depth < depthLimit else { return true }
    if left == .dyn { return true }
    if case .parameter = left { return true }
    if right == .dyn { return false }
    if case .parameter = right { return false }
    if case .type = left, case .type = right { return true }
    guard left.name == right.name, left.parameters.count == right.parameters.count else {
      return false
    }
    return zip(left.parameters, right.parameters).allSatisfy {
      isEqualOrMoreGeneral($0, $1, depth + 1)
    }
  }
}
