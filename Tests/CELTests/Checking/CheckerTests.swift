import Testing

@testable import CEL

@Suite("Checker")
struct CheckerTests {
  private var environment: Environment {
    var environment = Environment()
    environment.declare("resource", .dyn)
    environment.declare("parameters.minimumLength", .int)
    environment.declare("parameters.allowed", .list(.string))
    environment.declare("collections.passwordPolicies", .list(.dyn))
    environment.declare("instance.name", .string)
    environment.declare("now", .timestamp)
    environment.declare("text", .string)
    return environment
  }

  @Test(
    "shows what is wrong, where, and what was perhaps meant",
    arguments: [
      (
        "resorce.name == 1",
        """
        1:1: undeclared reference to 'resorce'; did you mean 'resource'?
         | resorce.name == 1
         | ^
        """
      ),
      (
        "1 == parameters.minimumLenght",
        """
        1:6: undeclared reference to 'parameters.minimumLenght'; did you mean 'parameters.minimumLength'?
         | 1 == parameters.minimumLenght
         |      ^
        """
      ),
      (
        "collections.pasword.exists(p, p.ok)",
        """
        1:1: undeclared reference to 'collections.pasword'
         | collections.pasword.exists(p, p.ok)
         | ^
        """
      ),
      (
        "parameters",
        """
        1:1: undeclared reference to 'parameters'
         | parameters
         | ^
        """
      ),
      (
        "text.startWith('a')",
        """
        1:6: undeclared function 'startWith'; did you mean 'startsWith'?
         | text.startWith('a')
         |      ^
        """
      ),
      (
        "sizze(text) > 1",
        """
        1:1: undeclared function 'sizze'; did you mean 'size'?
         | sizze(text) > 1
         | ^
        """
      ),
      (
        "math.greates(1, 2) == 1",
        """
        1:6: undeclared function 'math.greates'; did you mean 'math.greatest'?
         | math.greates(1, 2) == 1
         |      ^
        """
      ),
      (
        "text + 1",
        """
        1:6: found no matching overload for '+' applied to '(string, int)'
         | text + 1
         |      ^
        """
      ),
      (
        "text in parameters.minimumLength",
        """
        1:6: found no matching overload for 'in' applied to '(string, int)'
         | text in parameters.minimumLength
         |      ^
        """
      ),
      (
        "text.contains()",
        """
        1:6: found no matching overload for 'contains' applied to 'string.()'; it takes 1 argument
         | text.contains()
         |      ^
        """
      ),
      (
        "text && true",
        """
        1:1: '&&' takes bool, not string
         | text && true
         | ^
        """
      ),
      (
        "text ? 1 : 2",
        """
        1:1: the condition of '? :' is bool, not string
         | text ? 1 : 2
         | ^
        """
      ),
      (
        "now.field",
        """
        1:5: a value of type google.protobuf.Timestamp has no field 'field'
         | now.field
         |     ^
        """
      ),
      (
        "text.exists(c, c == 'a')",
        """
        1:1: 'exists' goes over a list or a map, not string
         | text.exists(c, c == 'a')
         | ^
        """
      ),
      (
        "parameters.allowed.filter(a, a + 'x')",
        """
        1:32: the condition of 'filter' is bool, not string
         | parameters.allowed.filter(a, a + 'x')
         |                                ^
        """
      ),
      (
        "text.matches('[a')",
        """
        1:6: the pattern is invalid: missing ]: [a
         | text.matches('[a')
         |      ^
        """
      ),
      (
        "a.B{c: 1}",
        """
        1:1: there is no message type 'a.B'
         | a.B{c: 1}
         | ^
        """
      ),
      (
        "'é😀' + x +\n\ty",
        """
        1:8: undeclared reference to 'x'
         | 'é😀' + x +
         |        ^
        2:2: undeclared reference to 'y'
         | \ty
         | \t^
        """
      ),
    ])
  func issue(source: String, expected: String) {
    #expect(issues(source, in: environment) == expected)
  }

  @Test(
    "shows what breaks the grammar",
    arguments: [
      ("1 +", "1:4: expected an expression, found the end"),
      ("(1", "1:3: expected ')', found the end"),
      ("a = b", "1:3: unexpected '='; equality is '=='"),
      ("a & b", "1:3: unexpected '&'; and is '&&'"),
      ("1 2", "1:3: expected an operator or the end, found a number"),
      ("'abc", "1:1: a string is not closed"),
      ("'a\nb'", "1:1: a string is not closed on its line"),
      ("'\\q'", "1:2: a string has an unknown escape"),
      ("'\\ud800'", "1:2: the escape is no Unicode code point"),
      ("b'\\u0041'", "1:3: bytes can't have the escape '\\u'"),
      ("9223372036854775808", "1:1: the integer does not fit in 64 bits"),
      ("-9223372036854775809", "1:1: the integer does not fit in 64 bits"),
      ("18446744073709551616u", "1:1: the integer does not fit in 64 bits"),
      ("1e999", "1:1: the number is too large for a double"),
      ("0x", "1:1: expected hexadecimal digits after '0x'"),
      ("12ab", "1:1: '12ab' is not a number"), ("for", "1:1: 'for' is a reserved word"),
      ("has(x)", "1:5: has() takes a field selection such as 'a.b'"),
      ("[1].map(a.b, 1)", "1:11: a macro's variable is a simple name"),
      ("[1].all(x, x, true)", "1:12: 'x' names both variables"),
      ("a.`b;`", "1:3: a name in backticks has letters, digits, '_', '.', '-', '/' and spaces"),
      ("a.in", "1:3: expected a field's name, found 'in'"), ("#", "1:1: unexpected '#'"),
      ("é", "1:1: unexpected 'é'"),
      ("", "1:1: expected an expression, found the end"),
    ])
  func syntax(source: String, expected: String) {
    #expect(issues(source).split(separator: "\n").first.map(String.init) == expected)
  }

  @Test("names every issue of an expression, in order")
  func several() {
    #expect(
      issues("foo + bar.startsWith(1) || text > 1", in: environment).split(separator: "\n")
        .filter { !$0.hasPrefix(" |") }.map(String.init) == [
          "1:1: undeclared reference to 'foo'", "1:7: undeclared reference to 'bar'",
          "1:11: found no matching overload for 'startsWith' applied to 'dyn.(int)'",
          "1:33: found no matching overload for '>' applied to '(string, int)'",
        ])
  }

  @Test(
    "checks the result",
    arguments: [
      ("1 + 1", ValueType.bool, "1:3: expected an expression of type bool, found int"),
      ("[1]", .list(.string), "1:1: expected an expression of type list(string), found list(int)"),
      ("resource.a", .bool, ""), ("[]", .list(.string), ""), ("text == 'a'", .bool, ""),
    ])
  func result(source: String, type: ValueType, expected: String) {
    let first = issues(source, expecting: type, in: environment).split(separator: "\n").first
    #expect(first.map(String.init) ?? "" == expected)
  }

  @Test(
    "infers types",
    arguments: [
      ("resource.a.b", "dyn"), ("resource.a == 1", "bool"), ("resource.a + 1", "int"),
      ("resource.a + resource.b", "dyn"),
      ("size(resource.a)", "int"), ("[1, 2.0]", "list(dyn)"),
      ("{'a': [1]}", "map(string, list(int))"),
      ("[1, 2].map(x, x * 2 > 1)", "list(bool)"), ("[[]].map(x, x)", "list(list(dyn))"),
      ("parameters.allowed.transformMap(i, v, size(v))", "map(int, int)"),
      ("{'a': 1}.?b", "optional_type(int)"), ("{'a': 1}.?b.orValue(2)", "int"),
      ("[1].first()", "optional_type(int)"), ("now - now", "google.protobuf.Duration"),
      ("now + duration('1h')", "google.protobuf.Timestamp"), ("type(1)", "type(int)"),
      ("int", "type(int)"),
      ("true ? [] : [1]", "list(int)"), ("cel.bind(x, 'a', x + x)", "string"),
      ("null", "null_type"),
      ("math.greatest(1, 2)", "int"), ("math.greatest(1, 2.0)", "dyn"),
      ("[3, 1].sort()", "list(int)"),
      ("regex.extract('a', 'a')", "optional_type(string)"),
      ("optional.of(1).optMap(x, [x])", "optional_type(list(int))"),
    ])
  func inference(source: String, type: String) throws {
    #expect(try environment.compile(source).resultType.description == type)
  }

  @Test("gives the offset in bytes and the column in Unicode scalars")
  func position() throws {
    var found: CompilationError?
    do throws(CompilationError) { _ = try Environment().compile("'é😀' + x") } catch {
      found = error
    }
    let issue = try #require(found?.issues.first)
    #expect(issue.line == 1)
    #expect(issue.column == 8)
    #expect(issue.offset == 11)
    #expect(issue.length == 1)
  }
}
