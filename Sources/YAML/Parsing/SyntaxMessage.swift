/// libyaml's syntax errors in our words: what is wrong, where somebody would correct it, and how.
///
/// libyaml names the grammar rule that failed, often a line further than the mistake.
enum SyntaxMessage {
  /// The message and place for an error of libyaml's.
  ///
  /// - Parameters:
  ///   - bracket: The innermost bracket that is still open.
  ///   - quote: The opening quote of the scalar before, if that ended on a later line.
  static func fault(
    for error: SyntaxError, in source: inout SourceText, open bracket: Position?,
    after quote: Position?
  ) -> SyntaxFault {
    // The context comes first in the text, so that the counting need not begin anew.
    let context = source.position(of: error.contextMark)
    let problem = source.position(of: error.problemMark)
    let site = Site(source: source, problem: problem, context: context, quote: quote)
    if let bracket, site.character(at: problem) == nil, !error.context.hasPrefix("while scanning") {
      return unclosed(bracket, site)
    }
    switch error.context {
    case "while scanning a simple key": return missingColon(site)
    case "while scanning a quoted scalar", "while parsing a quoted scalar":
      return quoted(error, site)
    case "while scanning a block scalar": return blockScalar(error, site)
    case "while scanning a plain scalar":
      return site.atProblem(
        error.problem == "found unexpected ':'"
          ? "unexpected ':'; put a space behind it, or put the text in quotes"
          : "tab used for indentation; use spaces")
    case "while scanning for the next token": return character(site)
    case "while scanning an anchor", "while scanning an alias": return anchor(error, site)
    case "while scanning a tag", "while parsing a tag":
      return site.atContext(
        "unreadable tag; remove it, or put the value in quotes if it begins with '!'")
    case "while scanning a directive", "while scanning a %YAML directive",
      "while scanning a %TAG directive":
      return site.atContext(directiveMessage)
    case "while parsing a block mapping", "while parsing a block collection":
      return block(error, site)
    case "while parsing a flow mapping": return flow("mapping", closing: "}", site)
    case "while parsing a flow sequence": return flow("list", closing: "]", site)
    default: return other(error, site)
    }
  }

  private static let directiveMessage =
    "a line that begins with '%' is a directive, and only '%YAML 1.2' is known; "
    + "put a text that begins with '%' in quotes"

  private static func missingColon(_ site: Site) -> SyntaxFault {
    let line = Excerpt.of(site.restOfLine(at: site.context))
    return site.atContext(
      "missing ':' after '\(line)'; write 'name: value', "
        + "or indent the line if it continues the text above")
  }

  private static func quoted(_ error: SyntaxError, _ site: Site) -> SyntaxFault {
    let quote = site.character(at: site.context).map(String.init) ?? "\""
    switch error.problem {
    case "found unexpected end of stream", "found unexpected document indicator":
      return site.atContext("the quote opened here is never closed; add the closing \(quote)")
    case "found unknown escape character":
      let escape = site.character(at: site.problem, plus: 1).map { Excerpt.of(String($0)) } ?? ""
      return site.atProblem(
        "unknown escape '\\\(escape)'; write '\\\\' for a backslash, or use single quotes")
    default:
      // libyaml names the place behind the backslash and the letter.
      var escape = site.problem
      escape.column -= 2
      escape.offset -= 2
      return SyntaxFault(
        message:
          "this escape names no character; write \\x, \\u or \\U with 2, 4 or 8 hexadecimal digits, "
          + "or '\\\\' for a backslash",
        position: escape)
    }
  }

  private static func blockScalar(_ error: SyntaxError, _ site: Site) -> SyntaxFault {
    switch error.problem {
    case "found a tab character where an indentation space is expected":
      return site.atProblem("tab used for indentation; use spaces")
    case "found an indentation indicator equal to 0":
      return site.atProblem("the indentation after '|' or '>' is a digit from 1 to 9")
    default:
      return site.atProblem(
        "nothing but a comment may follow '|' or '>' on its line; begin the text on the next line")
    }
  }

  private static func character(_ site: Site) -> SyntaxFault {
    switch site.character(at: site.problem) {
    case "\t": return site.atProblem("tab used for indentation; use spaces")
    case "%" where site.problem.column == 1: return site.atProblem(directiveMessage)
    case let character?:
      return site.atProblem(
        "a text can't begin with '\(Excerpt.of(String(character)))'; put it in quotes")
    case nil: return site.atProblem("the text ends too early")
    }
  }

  private static func anchor(_ error: SyntaxError, _ site: Site) -> SyntaxFault {
    let sign = error.context.hasSuffix("alias") ? "*" : "&"
    return site.atContext(
      "'\(sign)' must be followed by a name of letters, digits, '-' and '_'; "
        + "put a text that begins with '\(sign)' in quotes")
  }

  private static func block(_ error: SyntaxError, _ site: Site) -> SyntaxFault {
    if site.character(at: site.problem) == ":" {
      return site.atProblem("an entry without a key; write 'name: value'")
    }
    guard site.isFirstOnLine(site.problem) else {
      let opened = site.character(before: site.problem)
      if opened == "'" || opened == "\"" {
        if let quote = site.quote { return tooLong(quote, site) }
        return site.atProblem(
          "unexpected text after the closing quote; quote the whole value, and write a quote "
            + "inside it as \(opened == "'" ? "''" : "\\\"")")
      }
      return site.atProblem(
        "unexpected text here; put each entry on its own line, or quote the whole value")
    }
    let kind = error.context.hasSuffix("mapping") ? "mapping" : "list"
    if kind == "mapping", site.character(at: site.problem) == "-",
      site.problem.column == site.context.column
    {
      return site.atProblem(
        "a list item ('-') among the fields of the mapping that begins on line "
          + "\(site.context.line); indent it below the field that it belongs to")
    }
    return site.atProblem(
      "bad indentation: column \(site.problem.column) fits neither the \(kind) that begins on line "
        + "\(site.context.line) in column \(site.context.column), nor one around it")
  }

  private static func flow(_ kind: String, closing: String, _ site: Site) -> SyntaxFault {
    if site.character(at: site.problem) == ":" {
      return site.atProblem(
        "unexpected ':' in the \(kind) opened on line \(site.context.line); "
          + "put ',' between its entries")
    }
    if let quote = site.quote, site.character(before: site.problem) == site.character(at: quote),
      site.character(at: site.problem) != "]", site.character(at: site.problem) != "}"
    {
      return tooLong(quote, site)
    }
    return site.atProblem(
      "expected ',' or '\(closing)' in the \(kind) opened on line \(site.context.line), "
        + "found '\(Excerpt.of(site.restOfLine(at: site.problem)))'")
  }

  /// A quote that somebody forgot to close ends where the next one was to begin.
  private static func tooLong(_ quote: Position, _ site: Site) -> SyntaxFault {
    let sign = site.character(at: quote).map(String.init) ?? "\""
    return SyntaxFault(
      message: "the quote opened here ends on line \(site.problem.line), where text follows it; "
        + "add the missing closing \(sign)",
      position: quote)
  }

  private static func unclosed(_ bracket: Position, _ site: Site) -> SyntaxFault {
    let isList = site.character(at: bracket) == "["
    return SyntaxFault(
      message: "the \(isList ? "list" : "mapping") opened here is never closed; "
        + "add the closing '\(isList ? "]" : "}")'",
      position: bracket)
  }

  private static func other(_ error: SyntaxError, _ site: Site) -> SyntaxFault {
    switch error.problem {
    case "mapping values are not allowed in this context":
      if site.hasColonBefore(site.problem) {
        return site.atProblem("a second ': ' on the line; put a value that holds ': ' in quotes")
      }
      return site.atProblem(
        "unexpected ':'; this line is indented deeper than its neighbours, or the line above "
          + "already has a value")
    case "block sequence entries are not allowed in this context":
      return site.atProblem(
        "a list item ('-') can't begin here; put it on a line of its own, with its neighbours")
    case "mapping keys are not allowed in this context":
      return site.atProblem(
        "a key ('?') can't begin here; put it on a line of its own, with its neighbours")
    case "did not find expected node content":
      let found = site.restOfLine(at: site.problem)
      return site.atProblem(
        found.isEmpty
          ? "expected a value, found nothing"
          : "expected a value, found '\(Excerpt.of(found))'")
    case "did not find expected <document start>":
      return site.atProblem(
        "unexpected text after the end of the document; check the indentation, "
          + "or begin another document with '---'")
    case "found undefined tag handle":
      return site.atProblem("unknown tag; remove it")
    case "found incompatible YAML document":
      return site.atProblem("this version of YAML is unknown; write '%YAML 1.2', or no such line")
    case "found duplicate %YAML directive", "found duplicate %TAG directive":
      return site.atProblem("the same directive a second time; remove it")
    default:
      return site.atProblem(
        error.context.isEmpty ? error.problem : "\(error.context): \(error.problem)")
    }
  }
}
