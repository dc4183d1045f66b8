import JSON
import Posture
import TestSupport
import Testing
import YAML

/// What differences of the sources of one instance do.
@Suite struct DeclaredSourceTests {
  private static let api = "{ api: { parameters: { domain: x } } }"
  private static let data = "{ recorded: { path: a } }"

  /// The differences, a line each: `weakens source[recorded].maxAge: 7d → 30d`.
  private static func lines(from old: String, to new: String) -> [String] {
    func state(_ source: String) -> DesiredState {
      Declared(
        Declare.document("Instance", "okta-eu", "{ app: okta, source: \(source) }"),
        catalog: Declare.connector("okta", "users: { identity: id }")
      ).state
    }
    return DeclaredComparison(from: state(old), to: state(new)).differences().map {
      let words = $0.words.map { ": \($0.from) → \($0.to)" } ?? ""
      return "\($0.effect.rawValue) \($0.field)\(words)"
    }
  }

  @Test(
    "are told by the source that differs",
    arguments: [
      ("\(api)", "[\(api)]", []),
      ("[\(api)]", "[\(api), \(data)]", ["neutral source[recorded]"]),
      ("\(data)", "[\(data), \(api)]", ["strengthens source[api]"]),
      ("\(data)", "[\(api), \(data)]", ["strengthens source[api]", "strengthens source"]),
      ("[\(api), \(data)]", "\(api)", ["weakens source[recorded]"]),
      ("[\(api), \(data)]", "\(data)", ["weakens source[api]"]),
      ("[\(api), \(data)]", "[\(data), \(api)]", ["weakens source"]),
      ("[\(data), \(api)]", "[\(api), \(data)]", ["strengthens source"]),
      ("\(api)", "[\(data), \(api)]", ["neutral source[recorded]", "weakens source"]),
      (
        "[\(api), \(data)]", "[{ recorded: { path: b } }, \(data)]",
        ["weakens source[api]", "neutral source[recorded b]", "weakens source"]
      ),
      (
        "[\(api), \(data)]", "[\(api), { recorded: { path: b } }]",
        ["weakens source[recorded].recorded.path"]
      ),
      (
        "[\(api), \(data)]", "[\(api), { recorded: { path: a }, maxAge: 30d }]",
        ["weakens source[recorded].maxAge: 7d → 30d"]
      ),
      (
        "{ recorded: { path: a }, maxAge: 30d }", "\(data)",
        ["strengthens source.maxAge: 30d → 7d"]
      ),
      (
        "[\(api), \(data)]", "[{ api: { parameters: { domain: y } } }, \(data)]",
        ["weakens source[api].api.parameters.domain"]
      ),
    ] as [(String, String, [String])])
  func differences(old: String, new: String, expected: [String]) {
    #expect(Self.lines(from: old, to: new) == expected)
  }
}
