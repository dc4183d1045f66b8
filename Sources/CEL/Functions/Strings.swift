internal import JSON

/// The extension "Strings". Positions count code points from 0.
extension FunctionDefinition {
  static let strings: [FunctionDefinition] = [
    FunctionDefinition("charAt", .strings, ["string.(int) -> string"], .binary(charAt)),
    FunctionDefinition(
      "indexOf", .strings, ["string.(string) -> int", "string.(string, int) -> int"],
      .binary { (text, part, frame) throws(Fault) in
        try indexOf(text, part, .int(0), &frame)
      }, .ternary(indexOf)),
    FunctionDefinition(
      "lastIndexOf", .strings, ["string.(string) -> int", "string.(string, int) -> int"],
      .binary { (text, part, frame) throws(Fault) in
        try lastIndexOf(text, part, nil, &frame)
      },
      .ternary { (text, part, end, frame) throws(Fault) in
        try lastIndexOf(text, part, end, &frame)
      }),
    FunctionDefinition(
      "join", .strings, ["list(string).() -> string", "list(string).(string) -> string"],
      .unary { (list, frame) throws(Fault) in try join(list, .string(""), &frame) }, .binary(join)),
    FunctionDefinition(
      "lowerAscii", .strings, ["string.() -> string"],
      .unary { (text, frame) throws(Fault) in
        try mapped("lowerAscii", text, &frame) { (65...90).contains($0) ? $0 + 32 : $0 }
      }),
    FunctionDefinition(
      "upperAscii", .strings, ["string.() -> string"],
      .unary { (text, frame) throws(Fault) in
        try mapped("upperAscii", text, &frame) { (97...122).contains($0) ? $0 - 32 : $0 }
      }),
    FunctionDefinition(
      "replace", .strings,
      ["string.(string, string) -> string", "string.(string, string, int) -> string"],
      .ternary { (text, old, new, frame) throws(Fault) in
        try replace([text, old, new, .int(-1)], &frame)
      }, .variadic(count: 4, replace)),
    FunctionDefinition(
      "split", .strings,
      ["string.(string) -> list(string)", "string.(string, int) -> list(string)"],
      .binary { (text, separator, frame) throws(Fault) in
        try split(text, separator, .int(-1), &frame)
      }, .ternary(split)),
    FunctionDefinition(
      "substring", .strings, ["string.(int) -> string", "string.(int, int) -> string"],
      .binary { (text, start, frame) throws(Fault) in try substring(text, start, nil, &frame) },
      .ternary { (text, start, end, frame) throws(Fault) in
        try substring(text, start, end, &frame)
      }),
    FunctionDefinition("trim", .strings, ["string.() -> string"], .unary(trim)),
    FunctionDefinition(
      "reverse", .strings, ["string.() -> string", "list(A).() -> list(A)"], .unary(reverse)),
    FunctionDefinition(
      "strings.quote", .strings, ["(string) -> string"],
      .unary { (text, frame) throws(Fault) in
        let value = try string("strings.quote", text, &frame)
        return try frame.string(Quoting.quoted(value, escapesControls: false))
      }),
    FunctionDefinition(
      "format", .strings, ["string.(list(dyn)) -> string"],
      .binary { (format, arguments, frame) throws(Fault) in
        let text = try string("format", format, &frame)
        guard let list = ListElements(arguments) else {
          throw .noOverload("format", format, arguments)
        }
        var formatter = Formatter(arguments: list)
        return .string(try formatter.format(text, &frame))
      }),
  ]

  /// A string argument; counts the steps of reading it.
  static func string(_ function: String, _ value: Cell, _ frame: inout Frame) throws(Fault)
    -> String
  {
    guard let text = try frame.text(value) else { throw .noOverload(function, value) }
    return text
  }

  private static func integer(_ function: String, _ value: Cell) throws(Fault) -> Int {
    guard case .int(let number) = value else { throw .noOverload(function, value) }
    return Int(number)
  }

  static func outOfRange(_ index: Int) -> Fault {
    Fault(.indexOutOfRange, "index out of range: \(index)")
  }

  /// Where the code point of an index begins; the end for the index behind the last.
  private static func position(
    _ index: Int, in scalars: String.UnicodeScalarView
  ) throws(Fault) -> String.Index {
    guard index >= 0,
      let position = scalars.index(scalars.startIndex, offsetBy: index, limitedBy: scalars.endIndex)
    else { throw outOfRange(index) }
    return position
  }

  private static func charAt(_ text: Cell, _ index: Cell, _ frame: inout Frame) throws(Fault)
    -> Cell
  {
    let value = try string("charAt", text, &frame)
    let scalars = value.unicodeScalars
    let position = try position(try integer("charAt", index), in: scalars)
    return .string(position == scalars.endIndex ? "" : String(scalars[position]))
  }

  private static func indexOf(
    _ text: Cell, _ part: Cell, _ start: Cell, _ frame: inout Frame
  ) throws(Fault) -> Cell {
    let value = try string("indexOf", text, &frame)
    let part = try string("indexOf", part, &frame)
    let start = try integer("indexOf", start)
    let from = try position(start, in: value.unicodeScalars)
    let bytes =
      from.utf16Offset(in: value) == 0 ? 0 : value.utf8.distance(from: value.startIndex, to: from)
    guard let found = value.utf8.span.firstOffset(of: part.utf8.span, from: bytes) else {
      return .int(-1)
    }
    return .int(Int64(value.utf8.span.extracting(..<found).scalarCount))
  }

  private static func lastIndexOf(
    _ text: Cell, _ part: Cell, _ end: Cell?, _ frame: inout Frame
  ) throws(Fault) -> Cell {
    let value = try string("lastIndexOf", text, &frame)
    let part = try string("lastIndexOf", part, &frame)
    let scalars = value.unicodeScalars
    var limit = value.utf8.count
    if let end {
      let from = try position(try integer("lastIndexOf", end), in: scalars)
      limit = value.utf8.distance(from: value.startIndex, to: from)
    }
    if value.utf8.count < part.utf8.count { return .int(-1) }
    // Each place is compared in full at worst.
    try frame.step(1 + value.utf8.count / 8 * (1 + part.utf8.count / 8))
    var offset = min(limit, value.utf8.count - part.utf8.count)
    while offset >= 0 {
      if value.utf8.span.extracting(offset...).starts(with: part.utf8.span) {
        return .int(Int64(value.utf8.span.extracting(..<offset).scalarCount))
      }
      offset -= 1
    }
    return .int(-1)
  }

  private static func join(_ list: Cell, _ separator: Cell, _ frame: inout Frame) throws(Fault)
    -> Cell
  {
    guard var elements = ListElements(list), let separator = try frame.text(separator) else {
      throw .noOverload("join", list, separator)
    }
    var result = ""
    var isFirst = true
    while let element = elements.next() {
      try frame.step()
      if !isFirst {
        try frame.build(separator.utf8.count)
        result += separator
      }
      isFirst = false
      let text = try string("join", element, &frame)
      try frame.build(text.utf8.count)
      result += text
    }
    return .string(result)
  }

  private static func mapped(
    _ function: String, _ text: Cell, _ frame: inout Frame, _ change: (UInt8) -> UInt8
  ) throws(Fault) -> Cell {
    try frame.step(text: text)
    let changed: [UInt8]? = TextBytes.withSpan(text) { bytes in
      var changed: [UInt8] = []
      changed.reserveCapacity(bytes.count)
      for index in bytes.indices { changed.append(change(bytes[index])) }
      return changed
    }
    guard let changed else { throw .noOverload(function, text) }
    return try frame.string(String(decoding: changed, as: UTF8.self))
  }

  private static func replace(_ arguments: [Cell], _ frame: inout Frame) throws(Fault) -> Cell {
    guard let text = try frame.text(arguments[0]), let old = try frame.text(arguments[1]),
      let new = try frame.text(arguments[2]), case .int(let limit) = arguments[3]
    else { throw .noOverload("replace", arguments) }
    try frame.step(bytes: text.utf8.count)
    let source = Array(text.utf8)
    let pattern = Array(old.utf8)
    let replacement = Array(new.utf8)
    var left = limit < 0 ? Int64.max : limit
    var result: [UInt8] = []
    var index = 0
    if pattern.isEmpty {
      // Before each code point and at the end.
      while index <= source.count {
        let isBoundary = index == source.count || source[index] & 0xC0 != 0x80
        if isBoundary, left > 0 {
          left -= 1
          try frame.build(replacement.count)
          result += replacement
        }
        if index < source.count { result.append(source[index]) }
        index += 1
      }
    } else {
      while left > 0, let found = source.span.firstOffset(of: pattern.span, from: index) {
        try frame.step()
        try frame.build(replacement.count + found - index)
        result += source[index..<found]
        result += replacement
        index = found + pattern.count
        left -= 1
      }
      result += source[min(index, source.count)...]
    }
    return try frame.string(String(decoding: result, as: UTF8.self))
  }

  private static func split(
    _ text: Cell, _ separator: Cell, _ limit: Cell, _ frame: inout Frame
  ) throws(Fault) -> Cell {
    let value = try string("split", text, &frame)
    let separator = try string("split", separator, &frame)
    let limit = try integer("split", limit)
    if limit == 0 { return .list(.empty) }
    if limit == 1 { return try frame.list([.string(value)]) }
    var parts: [Cell] = []
    let most = limit < 0 ? Int.max : limit
    if separator.isEmpty {
      try frame.build(32 * value.utf8.count)
      var rest = Substring(value).unicodeScalars
      while let scalar = rest.first {
        if parts.count == most - 1 {
          parts.append(.string(String(rest)))
          rest = rest[rest.endIndex...]
        } else {
          parts.append(.string(String(scalar)))
          rest = rest.dropFirst()
        }
      }
    } else {
      let source = Array(value.utf8)
      let pattern = Array(separator.utf8)
      var index = 0
      while parts.count < most - 1,
        let found = source.span.firstOffset(of: pattern.span, from: index)
      {
        try frame.build(32)
        parts.append(.string(String(decoding: source[index..<found], as: UTF8.self)))
        index = found + pattern.count
      }
      parts.append(.string(String(decoding: source[index...], as: UTF8.self)))
    }
    return try frame.list(parts)
  }

  private static func substring(
    _ text: Cell, _ start: Cell, _ end: Cell?, _ frame: inout Frame
  ) throws(Fault) -> Cell {
    let value = try string("substring", text, &frame)
    let scalars = value.unicodeScalars
    let first = try integer("substring", start)
    let from = try position(first, in: scalars)
    guard let end else { return try frame.string(String(scalars[from...])) }
    let last = try integer("substring", end)
    let to = try position(last, in: scalars)
    guard from <= to else {
      throw Fault(.invalidArgument, "substring's start \(first) is behind its end \(last)")
    }
    return try frame.string(String(scalars[from..<to]))
  }

  private static func trim(_ text: Cell, _ frame: inout Frame) throws(Fault) -> Cell {
    let value = try string("trim", text, &frame)
    var rest = Substring(value).unicodeScalars
    while let first = rest.first, first.properties.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.properties.isWhitespace { rest.removeLast() }
    return try frame.string(String(rest))
  }

  private static func reverse(_ value: Cell, _ frame: inout Frame) throws(Fault) -> Cell {
    if var elements = ListElements(value) {
      try frame.step(elements.count)
      var cells: [Cell] = []
      while let element = elements.next() { cells.append(element) }
      return try frame.list(cells.reversed())
    }
    let text = try string("reverse", value, &frame)
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: text.unicodeScalars.reversed())
    return try frame.string(String(scalars))
  }
}
