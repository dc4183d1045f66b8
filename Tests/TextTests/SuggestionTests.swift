import Testing
import Text

@Suite("Suggestions")
struct SuggestionTests {
  static let rows: [(String, [String], String?)] = [
    ("recomendations", ["recommendation", "recommendations", "app"], "recommendations"),
    (
      "okta-pasword-minimum-length", ["okta-password-minimum-length", "okta-password-history"],
      "okta-password-minimum-length"
    ),
    ("hgih", ["high", "medium", "low"], "high"),
    ("displayname", ["displayName", "name"], "displayName"),
    ("HIGH", ["high"], "high"),
    ("app", ["aap", "apps"], "aap"),
    ("spec", ["kind", "metadata"], nil),
    ("on", ["off"], nil),
    ("x", ["y"], nil),
    ("", ["a"], nil),
    ("a", [], nil),
    ("same", ["same"], nil),
    ("résumé", ["resume"], "resume"),
    // Equally close: the first in alphabetical order.
    ("cat", ["hat", "bat", "rat"], "bat"),
    ("abcdefghijkl", ["abcdefgh"], nil),
  ]

  @Test("name the closest candidate, when it is close enough", arguments: rows)
  func closest(name: String, candidates: [String], expected: String?) {
    #expect(Suggestion.closest(to: name, among: candidates) == expected)
    #expect(Suggestion.closest(to: name, among: candidates.reversed()) == expected)
  }

  @Test("name a variable of one letter for another where variables are meant")
  func short() {
    #expect(Suggestion.closest(to: "x", among: ["y", "yy"], isShort: true) == "y")
    #expect(Suggestion.closest(to: "x", among: ["yy"], isShort: true) == nil)
  }

  @Test("end a message")
  func hint() {
    #expect(Suggestion.hint(for: "hgih", among: ["high"]) == "; did you mean 'high'?")
    #expect(Suggestion.hint(for: "x", among: ["high"]) == "")
  }

  @Test("says what to do where nothing is close")
  func advice() {
    #expect(Suggestion.hint(for: "zzz", among: ["okta"], otherwise: "list them") == "; list them")
    #expect(
      Suggestion.hint(for: "otka", among: ["okta"], otherwise: "list them")
        == "; did you mean 'okta'?")
    #expect(Suggestion.hintOrList(for: "zzz", among: ["b", "a", "b"]) == "; known: a, b")
    #expect(Suggestion.hintOrList(for: "zzz", among: [String]()) == "")
    #expect(Suggestion.hintOrList(for: "zzz", among: (0...20).map { "name-\($0)" }) == "")
  }
}
