internal import Text

/// The `Link` header (RFC 8288): several values in one header, or several headers.
enum LinkHeader {
  /// The target of `rel="next"`.
  static func next(in headers: [String]) -> String? {
    for header in headers {
      for (target, relations) in links(in: header) where relations.contains("next") {
        return target
      }
    }
    return nil
  }

  /// Targets with their relation types in lower case.
  static func links(in header: String) -> [(target: String, relations: [String])] {
    var result: [(target: String, relations: [String])] = []
    var rest = header.utf8[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "<")),
      let close = rest[open...].firstIndex(of: UInt8(ascii: ">"))
    {
      let target = String(Substring(rest[rest.index(after: open)..<close]))
      rest = rest[rest.index(after: close)...]
      let parameters = takeParameters(&rest)
      let relations = parameters.first { $0.name == "rel" }?.value.lowercased() ?? ""
      result.append((target, relations.split(separator: " ").map(String.init)))
    }
    return result
  }

  /// Reads `; name=value` up to the comma that begins the next link; commas in quotes do not.
  private static func takeParameters(
    _ rest: inout Substring.UTF8View
  ) -> [(name: String, value: String)] {
    var parameters: [(name: String, value: String)] = []
    var current: [UInt8] = []
    var isQuoted = false
    func flush() {
      let parts = current.split(separator: UInt8(ascii: "="), maxSplits: 1).map {
        String(decoding: $0, as: UTF8.self).trimmed
      }
      if parts.count == 2 { parameters.append((parts[0].lowercased(), parts[1])) }
      current = []
    }
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "\\") where isQuoted: if let next = rest.popFirst() { current.append(next) }
      case UInt8(ascii: ";") where !isQuoted: flush()
      case UInt8(ascii: ",") where !isQuoted:
        flush()
        return parameters
      default: current.append(byte)
      }
    }
    flush()
    return parameters
  }
}
