import Foundation
import JSON
import TestSupport
import Testing

/// What the documents show of the program is what it does.
@Suite("Runs in the documents")
struct DocumentedRunTests {
  private static func text(_ path: String) throws -> String {
    try String(contentsOf: ExampleFile.repository.appending(path: path), encoding: .utf8)
  }

  private static func page(_ name: String) throws -> String {
    try text("Sources/plumb/Documentation.docc/\(name).md")
  }

  /// The blocks of code in a page that begin with a line that starts so.
  private static func blocks(in text: String, from start: String) -> [[String]] {
    text.components(separatedBy: "\n```").dropFirst().compactMap { part in
      let lines = part.components(separatedBy: "\n").dropFirst()
      return lines.first?.hasPrefix(start) == true ? Array(lines) : nil
    }
  }

  /// Without the blanks that columns are set with, which the longest name decides.
  private static func squeezed(_ line: some StringProtocol) -> String {
    line.split(separator: " ").joined(separator: " ")
  }

  /// Expects every line that is shown, but for `…`, to be written, in this order.
  ///
  /// - Parameter isWhole: Whether nothing else stands in the line, such as a mark.
  private static func expect(
    _ shown: some Sequence<String>, in output: String, isWhole: Bool = false
  ) {
    var rest = output.split(separator: "\n").map(squeezed)[...]
    for line in shown where line != "…" && !line.isEmpty {
      let line = squeezed(line)
      let index = rest.firstIndex { isWhole ? $0 == line : $0.contains(line) }
      guard let index else {
        Issue.record("the program does not write, after what stands before it: \(line)")
        continue
      }
      rest = rest[(index + 1)...]
    }
  }

  @Test("the README's plan, diff and mistake are those of the example company")
  func readme() throws {
    let readme = try Self.text("README.md")
    let company = try ExampleCompany()
    let scratch = company.scratch
    #expect(try scratch.plumb("apply", "--at", "2026-06-01T07:00:00Z", "-q").status == 0)
    try company.passWeek()

    let plan = try #require(Self.blocks(in: readme, from: "$ plumb plan").first)
    let words = plan[0].split(separator: " ").dropFirst(2).map(String.init)
    Self.expect(plan.dropFirst(), in: try scratch.plumb(words).output)

    _ = try scratch.plumb("apply", "--at", "2026-06-08T07:00:00Z", "-q")
    let diff = try #require(Self.blocks(in: readme, from: "$ git diff").first)
    let arguments = diff[0].split(separator: " ").dropFirst(2).map(String.init)
    Self.expect(diff.dropFirst(), in: try scratch.git(arguments))

    let mistake = try #require(Self.blocks(in: readme, from: "$ plumb validate").first)
    try scratch.replace(
      "okta-password-minimum-length", with: "okta-pasword-minimum-length",
      in: "desired-state/exceptions/accepted-risks.yaml")
    let validated = try scratch.plumb("validate")
    #expect(validated.status == 1)
    Self.expect(mistake.dropFirst(), in: validated.output + validated.error)
  }

  @Test("the recommendation that is shown passes its own tests")
  func recommendation() throws {
    let page = try Self.page("WritingRecommendations")
    let block = try #require(
      Self.blocks(in: page, from: "apiVersion").first { $0.contains("kind: Recommendation") })
    let scratch = try Scratch()
    try scratch.makeRepository([
      "desired-state/own.yaml": block.joined(separator: "\n") + "\n"
    ])
    let run = try scratch.plumb("test", "contoso-okta-session-names")
    #expect(run.status == 0, "\(run.output)\(run.error)")
    #expect(run.output.contains("0 unexplained"))
  }

  @Test("the page of each app names its parameters, its variables, and what they must be allowed")
  func connecting() throws {
    let index = try Self.page("Connecting")
    let pages = index.matches(of: /\]\((Connecting\w+)\.md\)/).map { String($0.1) }
    #expect(Set(pages).count == 13)
    let scratch = try Scratch()
    try scratch.makeRepository([:])
    #expect(try scratch.plumb("init").status == 0)
    var instances: [(name: String, page: String)] = []
    for name in Set(pages).sorted() {
      let page = try Self.page(name)
      let command = try #require(Self.blocks(in: page, from: "plumb connect").first?.first)
      let words = command.split(separator: " ").dropFirst().map(String.init)
      let run = try scratch.plumb(words)
      try #require(run.status == 0, "\(command): \(run.error)")
      // What the page shows is what was written.
      let document = try #require(Self.blocks(in: page, from: "apiVersion").first)
      Self.expect(
        document, in: scratch.read("repository/desired-state/instances.yaml") ?? "", isWhole: true)
      let instance = words[2]
      let prefix = "PLUMB_" + instance.uppercased().replacing("-", with: "_") + "_"
      let needed = Set(
        (run.output + run.error).matches(of: /\b(PLUMB_[A-Z0-9_]+)/).map { String($0.1) }
      )
      .filter { $0.hasPrefix(prefix) }.map { "PLUMB_<INSTANCE>_" + $0.dropFirst(prefix.count) }
      let named = Set(page.matches(of: /`(PLUMB_<INSTANCE>_[A-Z0-9_]+)`/).map { String($0.1) })
      #expect(!needed.isEmpty && Set(needed) == named, "\(name): \(needed) \(named)")
      instances.append((instance, page))
    }
    try scratch.commit([:], "Every app")
    let permissions = try scratch.plumb("catalog", "permissions", "--format", "json")
    let json = JSONValue(try JSONView(parsing: Array(permissions.output.utf8)))
    for (instance, page) in instances {
      let listed = json["instances"]?.array?.first { $0["name"]?.string == instance }
      let names = listed?["permissions"]?.array?.compactMap { $0["name"]?.string } ?? []
      #expect(!names.isEmpty)
      let section = page.components(separatedBy: "\n## ").first { $0.hasPrefix("What it must be") }
      let items = (section ?? "").matches(of: /\n- `([^`]+)`/).map { String($0.1) }
      #expect(items == names, "\(instance)")
    }
  }
}
