/// `regex.replace`, `regex.extract`, `regex.extractAll`: the extension "Regex", on RE2.
extension FunctionDefinition {
  static let regex: [FunctionDefinition] = [
    FunctionDefinition(
      "regex.replace", .regex,
      ["(string, string, string) -> string", "(string, string, string, int) -> string"],
      .ternary { (text, pattern, replacement, frame) throws(Fault) in
        try regexReplace([text, pattern, replacement, .int(-1)], &frame)
      }, .variadic(count: 4, regexReplace)),
    FunctionDefinition(
      "regex.extract", .regex, ["(string, string) -> optional_type(string)"],
      .binary { (text, pattern, frame) throws(Fault) in
        let (bytes, expression) = try regexArguments("regex.extract", text, pattern, &frame)
        guard let match = expression.firstMatch(in: bytes, from: 0),
          let range = match[match.count - 1]
        else { return .optional(.none) }
        let piece = String(decoding: bytes[range], as: UTF8.self)
        return try frame.optional(try frame.string(piece))
      }),
    FunctionDefinition(
      "regex.extractAll", .regex, ["(string, string) -> list(string)"],
      .binary { (text, pattern, frame) throws(Fault) in
        let (bytes, expression) = try regexArguments("regex.extractAll", text, pattern, &frame)
        var pieces: [Cell] = []
        try forEachMatch(of: expression, in: bytes, &frame) { (match, frame) throws(Fault) in
          if let range = match[match.count - 1] {
            pieces.append(try frame.string(String(decoding: bytes[range], as: UTF8.self)))
          }
          return true
        }
        return try frame.list(pieces)
      }),
  ]

  /// The text and the pattern, which may have one group: what is extracted is the group, or the match without one.
  private static func regexArguments(
    _ function: String, _ text: Cell, _ pattern: Cell, _ frame: inout Frame
  ) throws(Fault) -> (bytes: [UInt8], expression: RegularExpression) {
    guard let source = try frame.text(pattern) else { throw .noOverload(function, text, pattern) }
    let value = try string(function, text, &frame)
    let expression = try frame.pattern(source)
    guard expression.groupCount <= 1 else {
      let count = expression.groupCount
      throw Fault(
        .invalidArgument, "\(function) takes a pattern with at most one group, not \(count)")
    }
    return (Array(value.utf8), expression)
  }

  /// Visits the matches from left to right, none overlapping, until the closure says false.
  private static func forEachMatch(
    of expression: RegularExpression, in bytes: [UInt8], _ frame: inout Frame,
    _ body: ([Range<Int>?], inout Frame) throws(Fault) -> Bool
  ) throws(Fault) {
    var start = 0
    var isBehindMatch = false
    while start <= bytes.count {
      // Searching goes on to the end of the text each time.
      try frame.step(1 + (bytes.count - start) >> 6)
      guard let match = expression.firstMatch(in: bytes, from: start), let whole = match[0] else {
        return
      }
      // An empty match right behind another is none.
      if !(whole.isEmpty && isBehindMatch && whole.lowerBound == start) {
        guard try body(match, &frame) else { return }
      }
      isBehindMatch = true
      start = whole.upperBound
      if whole.isEmpty {
        isBehindMatch = false
        start += 1
        while start < bytes.count, bytes[start] & 0xC0 == 0x80 { start += 1 }
      }
    }
  }

  /// In the replacement `\1` to `\9` are groups, `\0` the match, `\\` a backslash.
  private static func regexReplace(_ arguments: [Cell], _ frame: inout Frame) throws(Fault) -> Cell
  {
    guard let source = try frame.text(arguments[1]), let replacement = try frame.text(arguments[2]),
      case .int(let limit) = arguments[3]
    else { throw .noOverload("regex.replace", arguments) }
    let text = try string("regex.replace", arguments[0], &frame)
    let expression = try frame.pattern(source)
    let template = try Template(replacement, groups: expression.groupCount)
    guard limit != 0 else { return .string(text) }
    let bytes = Array(text.utf8)
    var left = limit < 0 ? Int64.max : limit
    var result: [UInt8] = []
    var end = 0
    try forEachMatch(of: expression, in: bytes, &frame) { (match, frame) throws(Fault) in
      guard let whole = match[0] else { return false }
      let before = result.count
      result += bytes[end..<whole.lowerBound]
      template.append(match, of: bytes, to: &result)
      try frame.build(result.count - before)
      end = whole.upperBound
      left -= 1
      return left > 0
    }
    result += bytes[end...]
    return try frame.string(String(decoding: result, as: UTF8.self))
  }

  /// A replacement, cut into text and groups.
  private struct Template {
    private enum Piece {
      case text([UInt8])
      case group(Int)
    }

    private var pieces: [Piece] = []

    init(_ text: String, groups: Int) throws(Fault) {
      var plain: [UInt8] = []
      var rest = Array(text.utf8)[...]
      while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "\\") else {
          plain.append(byte)
          continue
        }
        guard let next = rest.popFirst(), next == UInt8(ascii: "\\") || Lexer.isDigit(next) else {
          throw Fault(
            .invalidArgument, "in a replacement a digit or a backslash follows each backslash")
        }
        if next == UInt8(ascii: "\\") {
          plain.append(next)
          continue
        }
        let group = Int(next - UInt8(ascii: "0"))
        guard group <= groups else {
          throw Fault(.invalidArgument, "a replacement names group \(group) of \(groups)")
        }
        pieces += [.text(plain), .group(group)]
        plain = []
      }
      pieces.append(.text(plain))
    }

    func append(_ match: [Range<Int>?], of bytes: [UInt8], to result: inout [UInt8]) {
      for piece in pieces {
        switch piece {
        case .text(let text): result += text
        case .group(let group): if let range = match[group] { result += bytes[range] }
        }
      }
    }
  }
}
