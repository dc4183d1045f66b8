/// What an expression may cost. Passing a limit is an error that names it, when compiling or when evaluating.
public struct Limits: Hashable, Sendable {
  /// How many bytes of UTF-8 an expression may have.
  public var length: Int
  /// How deep an expression may nest: operators, calls, literals and the bodies of the functions it calls, together.
  public var depth: Int
  /// How many steps one evaluation may take: a step is an operation in the body of a macro or of a function defined in
  /// CEL, or the visit of one element, or of 64 bytes of text, by a built-in function.
  public var steps: Int
  /// How much one evaluation may build, in bytes: 16 for each element of a list or map, and the bytes of strings.
  public var size: Int
  /// How many bytes a regular expression may have.
  public var pattern: Int

  /// Limits that no hand-written condition meets.
  public init(
    length: Int = 100_000, depth: Int = 160, steps: Int = 100_000_000, size: Int = 256 << 20,
    pattern: Int = 4_096
  ) {
    self.length = length
    self.depth = min(max(1, depth), 400)
    self.steps = steps
    self.size = size
    self.pattern = pattern
  }
}

/// What many evaluations may cost together. See ``Activation/limit(to:)``.
public struct Budget: Hashable, Sendable {
  /// Steps, as ``Limits/steps`` counts them, and one for each evaluation and each 64 bytes of its source.
  public var steps: Int
  /// Bytes, as ``Limits/size`` counts them.
  public var size: Int

  public init(steps: Int, size: Int) {
    self.steps = steps
    self.size = size
  }

  static let unlimited = Budget(steps: .max, size: .max)
}
