public import Text

extension NodeDecoder where Value == Node {
  /// Any node, as it is.
  public static var node: NodeDecoder<Node> { NodeDecoder("a value") { node, _ in node } }
}

extension NodeDecoder where Value == YAMLValue {
  /// Any value: for free-form parameters.
  public static var value: NodeDecoder<YAMLValue> {
    NodeDecoder("a value") { YAMLValue($0, into: $1) }
  }
}

extension NodeDecoder where Value == String {
  /// A string; numbers, booleans and null must be quoted to be one. May be empty.
  public static var string: NodeDecoder<String> {
    let any = scalar(
      "a string", shape: .string,
      hint: { $0 == .null ? "" : "; put it in quotes: \"\(Excerpt.of($1))\"" },
      read: { scalar, _ in if case .string(let text) = scalar { text } else { nil } })
    return NodeDecoder(any.expectation, shape: any.shape) { node, diagnostics in
      node.isClearlyString ? node.scalar : any.decode(node, into: diagnostics)
    }
  }

  /// A string in which something stands besides blanks.
  public static var text: NodeDecoder<String> {
    string.checked { text in
      // Most texts begin with a character that nobody needs to look up.
      if let first = text.utf8.first, (0x21...0x7E).contains(first) { return nil }
      return text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
        ? "this text may not be empty" : nil
    }.described(shape: .text)
  }

  /// An address on the web.
  ///
  /// - Parameter name: What it is, with its article: `a reference`.
  public static func https(_ name: String) -> NodeDecoder<String> {
    text.checked { $0.hasPrefix("https://") ? nil : "\(name) begins with https://" }
      .described(shape: .https)
  }

  /// A name: see ``DNSLabel``.
  public static var dnsLabel: NodeDecoder<String> {
    string.checked { name in
      DNSLabel.isValid(name)
        ? nil
        : "'\(Excerpt.of(name))' is not a DNS label: use lower-case letters, digits and '-' "
          + "(at most 63, starting and ending with a letter or digit)"
    }.described(shape: .name)
  }

  /// One of some strings. Unlike ``string``, what the core schema reads as something else (`on`,
  /// `true`, `1`) is taken as it is written.
  public static func choice(_ allowed: [String]) -> NodeDecoder<String> {
    NodeDecoder("one of \(allowed.joined(separator: ", "))", shape: .choice(allowed)) {
      chosen($0, among: allowed, $1).map { allowed[$0] }
    }
  }

  /// Which of some strings a node is.
  static func chosen(
    _ node: Node, among allowed: [String], _ diagnostics: Diagnostics
  ) -> Int? {
    guard let text = node.scalar, !node.isNull else {
      diagnostics.error(
        "expected one of \(allowed.joined(separator: ", ")), found \(node.found)", at: node.mark)
      return nil
    }
    if let place = allowed.firstIndex(of: text) { return place }
    let hint = Suggestion.hint(for: text, among: allowed)
    diagnostics.error(
      "unknown value '\(Excerpt.of(text))'\(hint.isEmpty ? ";" : hint) "
        + "allowed: \(allowed.joined(separator: ", "))",
      at: node.mark)
    return nil
  }
}

extension NodeDecoder
where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
  /// One of an enumeration's cases by its raw value.
  public static func choice(of type: Value.Type) -> NodeDecoder<Value> {
    choice(of: Array(type.allCases))
  }

  /// One of some of an enumeration's cases by its raw value.
  public static func choice(of cases: [Value]) -> NodeDecoder<Value> {
    let names = cases.map(\.rawValue)
    let choice = NodeDecoder<String>.choice(names)
    return NodeDecoder(choice.expectation, shape: choice.shape) { node, diagnostics in
      NodeDecoder<String>.chosen(node, among: names, diagnostics).map { cases[$0] }
    }
  }
}

extension NodeDecoder where Value == Int {
  /// An integer, within bounds.
  public static func integer(in range: ClosedRange<Int>) -> NodeDecoder<Int> {
    integer.checked { number in
      range.contains(number)
        ? nil : "\(number) is out of range: \(range.lowerBound) to \(range.upperBound)"
    }.described(shape: .integer(range))
  }

  /// An integer of 64 bits.
  public static var integer: NodeDecoder<Int> {
    scalar("an integer", shape: .integer(.min ... .max)) { scalar, _ in
      if case .integer(let number) = scalar { number } else { nil }
    }
  }
}

extension NodeDecoder where Value == Double {
  /// A number; integers count, `.inf` and `.nan` do not.
  public static var number: NodeDecoder<Double> {
    scalar("a number", shape: .any) { scalar, _ in
      switch scalar {
      case .integer(let number): Double(number)
      case .double(let number) where number.isFinite: number
      default: nil
      }
    }
  }

  /// A number within bounds.
  public static func number(in range: ClosedRange<Double>) -> NodeDecoder<Double> {
    number.checked { number in
      range.contains(number)
        ? nil : "\(number) is out of range: \(range.lowerBound) to \(range.upperBound)"
    }
  }
}

extension NodeDecoder where Value == Bool {
  /// `true` or `false`.
  public static var bool: NodeDecoder<Bool> {
    scalar(
      "true or false", shape: .boolean,
      hint: { hint(for: $1, yes: "true", no: "false") },
      read: { scalar, _ in if case .bool(let value) = scalar { value } else { nil } })
  }

  /// `on` or `off`; `true` and `false` count too.
  public static var `switch`: NodeDecoder<Bool> {
    scalar(
      "on or off", shape: .onOff,
      hint: { hint(for: $1, yes: "on", no: "off") },
      read: { scalar, text in
        switch (scalar, text) {
        case (.bool(let value), _): value
        case (.string, "on"): true
        case (.string, "off"): false
        default: nil
        }
      })
  }

  /// What somebody meant who wrote a boolean as other notations do.
  private static func hint(for text: String, yes: String, no: String) -> String {
    switch text.lowercased() {
    case "yes", "y", "on", "true", "1", "enabled": "; write \(yes)"
    case "no", "n", "off", "false", "0", "disabled": "; write \(no)"
    default: ""
    }
  }
}

extension NodeDecoder where Value == Timespan {
  /// A length of time: see ``Timespan``.
  public static var timespan: NodeDecoder<Timespan> {
    scalar("a timespan such as 30m, 24h, 14d or 1d12h", shape: .timespan) { scalar, text in
      scalar == .null ? nil : Timespan(text)
    }
  }
}

extension NodeDecoder where Value == CalendarDate {
  /// A day: see ``CalendarDate``.
  public static var date: NodeDecoder<CalendarDate> {
    NodeDecoder("a date such as 2027-03-31", shape: .date) { node, diagnostics in
      guard let text = node.scalar, case .string = node.resolving(text) else {
        diagnostics.error(
          "expected a date such as 2027-03-31, found \(node.found)", at: node.mark)
        return nil
      }
      if let date = CalendarDate(text) { return date }
      diagnostics.error(problem(of: text, node), at: node.mark)
      return nil
    }
  }

  private static func problem(of text: String, _ node: Node) -> String {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2],
      parts.joined().utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let year = Int(parts[0]), let month = Int(parts[1]), year >= 1
    else { return "expected a date such as 2027-03-31, found \(node.found)" }
    guard (1...12).contains(month) else {
      return "there is no \(text): a year has 12 months"
    }
    return "there is no \(text): that month has \(CalendarDate.days(inMonth: month, of: year)) days"
  }
}
