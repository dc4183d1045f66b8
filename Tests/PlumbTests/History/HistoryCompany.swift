import TestSupport
import Testing

/// Acme in June: a tenant changes, a risk is accepted, what was wrong is put right.
struct HistoryCompany {
  let company: Company
  /// The reports' commits, the oldest first.
  let reports: [String]
  /// The commits of the desired state, the oldest first.
  let desired: [String]

  static let exception = Declare.exception(
    "kiosk", of: "acme-idle", on: "acme-eu", justification: "The kiosk stays on.",
    owner: "shop@acme.example")

  init() throws {
    company = try Company()
    var desired = [try company.scratch.git("rev-parse", "HEAD")]
    try company.apply(on: "2026-06-01")
    try company.observe(mfa: 1, idle: 60, at: "2026-06-03T06:00:00Z")
    try company.apply(on: "2026-06-03")
    try company.scratch.commit(
      ["desired-state/kiosk.yaml": Self.exception], "The kiosk stays on", by: "Ann Lee",
      on: "2026-06-04T09:00:00Z")
    desired.append(try company.scratch.git("rev-parse", "HEAD"))
    try company.apply(on: "2026-06-05")
    try company.observe(mfa: 3, idle: 60, at: "2026-06-08T06:00:00Z")
    try company.apply(on: "2026-06-08")
    self.desired = desired
    reports = try company.scratch.git("rev-list", "--reverse", "plumb/reports")
      .split(separator: "\n").map(String.init)
  }

  func plumb(_ arguments: String..., in folder: String = "repository") throws -> Run {
    try company.scratch.plumb(arguments, in: folder)
  }

  /// The first digits of a report, from 0.
  func short(_ index: Int) -> Substring { reports[index].prefix(7) }
}

extension Company {
  /// Records a report at seven in the morning.
  func apply(on day: String) throws {
    let run = try scratch.plumb("apply", "--quiet", "--at", "\(day)T07:00:00Z")
    guard run.status == 0 else { throw Scratch.Failure(description: run.error) }
  }
}
