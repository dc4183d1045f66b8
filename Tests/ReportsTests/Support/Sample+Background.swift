import Posture
import YAML

@testable import Reports

extension Sample {
  /// What the pages tell beside the plan: two reports before it, and a framework.
  static let background = {
    var background = ReportTree.Background()
    func report(_ day: String, _ score: Int, _ metric: Int, _ instance: Int) -> (
      report: ReportReference, scores: RecordedScores
    ) {
      (
        ReportReference(
          revision: day, at: Instant("\(day)T07:00:00Z")!, desiredRevision: nil),
        RecordedScores(
          initiatives: [
            .init(
              name: "saas-security", title: "SaaS Security", targetScore: 80,
              score: PrintedScore(tenths: score),
              metrics: [
                .init(name: "sign-in", title: "Sign-in", value: PrintedScore(tenths: metric))
              ])
          ],
          instances: [
            .init(
              name: "okta-contoso-eu", app: "okta", score: PrintedScore(tenths: instance),
              verdicts: nil)
          ])
      )
    }
    let newest = (
      report: ReportReference(revision: "newest", at: Sample.now, desiredRevision: nil),
      scores: RecordedScores(eventful.comparison)
    )
    background.history = ScoreHistory(
      period: HistoryPeriod(days: 14, until: Sample.now), before: nil,
      reports: [
        report("2026-05-23", 500, 600, 400), report("2026-05-27", 550, 625, 444), newest,
      ])
    let diagnostics = Diagnostics()
    let library = DecodedCatalog(
      files: [("framework.yaml", Array(framework.utf8))], diagnostics: diagnostics)
    precondition(diagnostics.all.isEmpty, "\(diagnostics.all)")
    background.frameworks = library.frameworks.values.map {
      FrameworkStanding(
        $0, recommendations: desired.recommendations,
        results: eventful.instances.flatMap(\.results))
    }
    return background
  }()

  private static let framework = """
    apiVersion: plumb/v1
    kind: Framework
    metadata: { name: okta-stig }
    spec:
      title: Okta STIG
      version: V1R1
      url: https://stig.example/okta
      controls:
        - { id: OKTA-APP-000650, title: Long passwords }
        - { id: OKTA-APP-000020, title: Short sessions }
    """

  /// One instance fails more than thirty recommendations.
  static var crowded: Plan {
    var plan = eventful
    guard let place = plan.instances.firstIndex(where: { $0.name == "okta-contoso-eu" }),
      let failing = plan.instances[place].results.first(where: {
        $0.name == "okta-password-minimum-length"
      })
    else { return plan }
    let more = (0..<30).map { number in
      named(failing, "okta-password-minimum-length-\(number)")
    }
    plan.comparison.instances[place] = with(
      plan.instances[place], results: plan.instances[place].results + more)
    return plan
  }
}
