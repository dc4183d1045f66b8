import Posture
import Testing

@testable import Reports

/// What people see in a terminal of 80 and of 120 columns.
@Suite("Screens of 80 and 120 columns")
struct ScreenTests {
  struct Screen: Sendable, CustomTestStringConvertible {
    let name: String
    let render: @Sendable (TextReport.Options) -> String
    var testDescription: String { name }
  }

  private static let comparison = Sample.eventful.comparison

  static let screens = [
    Screen(name: "plan") { TextReport.plan(Sample.eventful, options: $0) },
    Screen(name: "plan-first") { TextReport.plan(Sample.first, options: $0) },
    Screen(name: "apply") { TextReport.applied(Sample.eventful, options: $0) },
    Screen(name: "show") { TextReport.show(comparison, options: $0) },
    Screen(name: "exceptions") { TextReport.exceptions(comparison, options: $0) },
    Screen(name: "instances") { options in
      TextReport.instances(
        comparison, ages: ["okta-contoso-eu": "25m", "okta-contoso-us": "1d"], options: options)
    },
    Screen(name: "explain") { TextReport.explain(Sample.explanation, options: $0) },
    Screen(name: "catalog") { options in
      TextReport.catalog(
        CatalogListing(Array(Sample.library.recommendations.values)),
        appTitles: ["okta": "Okta"], options: options)
    },
  ]

  @Test("look as recorded", arguments: screens, [80, 120])
  func look(screen: Screen, width: Int) throws {
    try Golden.expect(
      screen.render(.init(width: width)), matches: "screens/\(screen.name)-\(width).txt")
  }

  @Test("keep to their width", arguments: screens, [80, 120])
  func width(screen: Screen, width: Int) {
    for line in screen.render(.init(width: width)).split(separator: "\n") {
      #expect(DisplayWidth.of(String(line)) <= width, "\(line)")
    }
  }

  @Test("have every name whole that they have where there is room", arguments: screens, [80, 120])
  func names(screen: Screen, width: Int) {
    let names =
      Set(Sample.library.recommendations.keys)
      .union(Sample.desired.instances.map(\.name)).union(Sample.desired.exceptions.map(\.name))
    let narrow = screen.render(.init(width: width))
    let wide = screen.render(.init(width: nil))
    let shown = names.filter { wide.contains($0) }
    #expect(!shown.isEmpty)
    for name in shown { #expect(narrow.contains(name), "\(name)") }
  }
}
