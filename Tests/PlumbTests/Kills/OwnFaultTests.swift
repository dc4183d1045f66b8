import TestSupport
import Testing

/// A fault that nobody foresaw, in the real program, while it works on one instance of several.
@Suite(
  "Faults of Plumb's own", .enabled(if: PreloadedLibrary.trap != nil, "there is no C compiler"))
struct OwnFaultTests {
  @Test("one while an instance is observed costs that instance; the others are recorded")
  func observing() async throws {
    try await Self.bench { company, server in
      company.environment["PLUMB_TRAP_AT"] = "acme-us:users"
      let run = try company.plumb(["apply"], at: [server])
      #expect(run.status == 1, "\(run.error)")
      #expect(run.error.contains("plumb: a fault of Plumb's own on acme-us"), "\(run.error)")
      #expect(run.error.contains("acme-us: not observed: a fault of Plumb's own"), "\(run.error)")
      try Self.recorded(company, without: "acme-us")

      // With the fault gone, the next run completes it.
      company.environment["PLUMB_TRAP_AT"] = nil
      let later = try company.plumb(["apply"], at: [server])
      #expect(later.status == 0, "\(later.error)")
      let state = try company.state("acme-us")
      #expect(state.contains(#""compliance": "compliant""#), "\(state)")
    }
  }

  @Test("one while an instance is judged costs that instance; what was recorded of it stands")
  func judging() async throws {
    try await Self.bench { company, server in
      #expect(try company.plumb(["observe"], at: [server]).status == 0)
      company.environment["PLUMB_TRAP_AT"] = "acme-us:users"
      let run = try company.plumb(["apply", "--no-refresh"])
      #expect(run.status == 1, "\(run.error)")
      #expect(run.error.contains("plumb: a fault of Plumb's own on acme-us"), "\(run.error)")
      try Self.recorded(company, without: "acme-us")
    }
  }

  @Test("one while no instance is at work ends the run at once, and leaves the repository whole")
  func elsewhere() async throws {
    try await Self.bench { company, server in
      #expect(try company.plumb(["observe"], at: [server]).status == 0)
      company.environment["PLUMB_TRAP_AT"] = "acme-us:observation.json"
      let run = try company.plumb(["apply"], at: [server])
      #expect(run.status != 0 && run.status != 1)
      #expect(!run.error.contains("the run begins again"), "\(run.error)")
      _ = try company.scratch.git("fsck", "--strict")
    }
  }

  /// Three instances at a server, and the library that makes the program fail.
  private static func bench(
    _ body: (inout LiveCompany, VendorServer) throws -> Void
  ) async throws {
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request)
    } _: { server in
      var company = try company(server)
      try body(&company, server)
    }
  }

  private static func company(_ server: VendorServer) throws -> LiveCompany {
    let names = ["acme-eu", "acme-us", "acme-lab"]
    var company = try LiveCompany(
      names.map { LiveCompany.instance($0, at: server.authority) }.joined())
    for name in names {
      let variable = "PLUMB_\(name.uppercased().replacing("-", with: "_"))_TOKEN"
      company.environment[variable] = LiveCompany.token
    }
    company.environment["LD_PRELOAD"] = PreloadedLibrary.trap
    return company
  }

  private static func recorded(_ company: LiveCompany, without lost: String) throws {
    for name in ["acme-eu", "acme-us", "acme-lab"] {
      let state = try company.state(name)
      #expect(state.contains(#""compliance": "compliant""#) == (name != lost), "\(state)")
    }
    let page = try company.scratch.git(
      "show", "plumb/reports:reports/instances/\(lost)/README.md")
    #expect(page.contains("a fault of Plumb"), "\(page)")
    _ = try company.scratch.git("fsck", "--strict")
  }
}

extension LiveCompany {
  fileprivate func state(_ instance: String) throws -> String {
    try scratch.git("show", "plumb/reports:reports/instances/\(instance)/state.json")
  }
}
