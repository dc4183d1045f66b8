import Posture
import Testing

@Suite("Plan filter")
struct PlanFilterTests {
  private func shown(_ change: (inout PlanFilter) -> Void) -> Plan {
    var filter = PlanFilter()
    change(&filter)
    return filter.applied(to: Sample.eventful)
  }

  private func results(_ plan: Plan) -> [String] {
    plan.instances.flatMap { instance in
      instance.results.map { "\(instance.name) \($0.name)" }
    }
  }

  @Test("shows everything when it is empty")
  func empty() {
    #expect(PlanFilter().isEmpty)
    #expect(shown { _ in }.changes == Sample.eventful.changes)
  }

  @Test("takes values of one kind as alternatives, and kinds together")
  func kinds() {
    #expect(
      results(
        shown {
          $0.recommendations.impacts = [.high, .low]
          $0.compliances = [.notCompliant]
        }) == [
          "okta-contoso-eu okta-password-minimum-length",
          "okta-contoso-us okta-log-stream-active",
          "okta-contoso-us okta-password-minimum-length",
        ])
    #expect(
      results(shown { $0.statuses = [.planned] }) == ["okta-contoso-eu okta-session-lifetime"])
    #expect(shown { $0.apps = ["github"] }.instances.map(\.name) == ["github-contoso"])
    #expect(shown { $0.initiatives = ["none"] }.instances.isEmpty)
    #expect(
      shown { $0.initiatives = ["saas-security"] }.instances.map(\.name)
        == ["okta-contoso-eu", "okta-contoso-us"])
  }

  @Test("takes values of one label as alternatives, and labels together")
  func labels() {
    func names(_ labels: [String]) -> [String] {
      shown { filter in
        for label in labels {
          let isLabel = filter.addLabel(label)
          #expect(isLabel)
        }
      }.instances.map(\.name)
    }
    #expect(names(["region=eu", "region=us"]) == ["okta-contoso-eu", "okta-contoso-us"])
    #expect(names(["region=us", "owner=identity"]) == [])
    #expect(names(["region=eu", "owner=identity"]) == ["okta-contoso-eu"])
  }

  @Test(
    "reads labels as KEY=VALUE",
    arguments: [("a=b", true), ("a=", true), ("a", false), ("=b", false)])
  func labelForm(text: String, isOne: Bool) {
    var filter = PlanFilter()
    let added = filter.addLabel(text)
    #expect(added == isOne)
    #expect(filter.isEmpty != isOne)
  }

  @Test("shows the changes of what is shown")
  func changes() {
    #expect(
      shown { $0.instances = ["okta-contoso-us"] }.changes.map(\.type)
        == [.targetChanged, .exceptionExpired, .scoreChanged, .observationStale])
    #expect(
      Set(
        shown {
          $0.recommendations.impacts = [.medium]
          $0.instances = ["okta-contoso-eu"]
        }.changes.compactMap(\.recommendation))
        == ["okta-session-lifetime"])
  }

  @Test("never touches scores and gates")
  func scores() {
    let plan = shown { $0.recommendations.impacts = [.low] }
    let whole = Sample.eventful
    #expect(plan.instances.map(\.card) == whole.instances.map(\.card))
    #expect(plan.initiatives.map(\.score.score) == whole.initiatives.map(\.score.score))
    #expect(plan.gates == whole.gates)
    #expect(plan.wouldCommit == whole.wouldCommit)
  }
}
