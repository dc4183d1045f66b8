import Foundation
import JSON
import TestSupport
import Testing

/// A company whose one tenant is read over an API, and of which somebody brings a recorded observation too.
struct TwoSourceCompany {
  let company: LiveCompany
  let server: VendorServer

  var scratch: Scratch { company.scratch }

  static func source(at domain: String, api: String = "", recorded: String = "") -> String {
    """
      source:
        - { api: { parameters: { domain: '\(domain)' } }\(api) }
        - { recorded: { path: observed/acme-eu }\(recorded) }
    """
  }

  static func instance(_ source: String) -> String {
    """
    apiVersion: plumb/v1
    kind: Instance
    metadata: { name: acme-eu }
    spec:
      app: acme
      recommendations: on
    \(source)

    """
  }

  /// - Parameter source: The instance's sources as they are written; both by default.
  init(_ server: VendorServer, source: String? = nil) throws {
    self.server = server
    company = try LiveCompany(
      Self.instance(source ?? Self.source(at: server.authority)))
    try company.scratch.commit(["desired-state/initiative.yaml": Company.initiative])
  }

  /// Somebody brings the tenant's observation, and commits it.
  func bring(mfa: Int = 3, idle: Int = 15, at time: String) throws {
    let files = Company.observation(of: "acme-eu", mfa: mfa, idle: idle, at: time).files
    try scratch.commit(
      Dictionary(uniqueKeysWithValues: files.map { ("observed/acme-eu/\($0.key)", $0.value) }))
  }

  /// Observes over the API, as if at a time: nothing can be observed at another time than now.
  ///
  /// - Returns: The exit code.
  func observe(at time: String) throws -> Int32 {
    let run = try company.plumb(["observe", "acme-eu"], at: [server])
    if run.status == 0 {
      try company.age(to: time)
    } else {
      let name = "\(try company.store())/acme-eu.failed.json"
      let text = try #require(scratch.read(name))
      try scratch.overwrite(
        text.replacing(/"attemptedAt": "[^"]*"/, with: #""attemptedAt": "\#(time)""#), in: name)
    }
    return run.status
  }

  /// A plan with what is stored; `alone` on a machine that has the repository and nothing else.
  func plan(at time: String, alone: Bool = false) throws -> JSONValue {
    let run = try company.plumb(
      ["plan", "--no-refresh", "--format", "json", "--at", time]
        + (alone ? ["--store", "../elsewhere/store"] : []))
    return JSONValue(try JSONView(parsing: run.output))
  }

  func apply(at time: String) throws {
    let run = try company.plumb(["apply", "--no-refresh", "--quiet", "--at", time])
    #expect(run.status == 0, "\(run.error)")
  }

  /// What is recorded of the instance.
  func recorded() throws -> JSONValue {
    JSONValue(
      try JSONView(
        parsing: try scratch.git("show", "plumb/reports:reports/instances/acme-eu/state.json")))
  }
}

extension JSONValue {
  /// The changes of a plan but those of scores, a line each: `regressed [drift] acme-mfa`.
  var changeLines: [String] {
    (self["changes"]?.array ?? []).filter { $0["type"]?.string != "scoreChanged" }.map { change in
      [
        change["type"]?.string, "[\(change["cause"]?.string ?? "")]",
        change["recommendation"]?.string,
      ].compactMap(\.self).joined(separator: " ")
    }
  }

  /// The first instance of a plan.
  var instance: JSONValue? { self["instances"]?[0] }

  /// A result of the first instance.
  func result(_ name: String) -> JSONValue? {
    instance?["results"]?.array?.first { $0["recommendation"]?.string == name }
  }

  /// The source of each collection that a result reads: `users=api`.
  func sources(_ name: String) -> [String] {
    (result(name)?["sources"]?.array ?? []).map {
      "\($0["collection"]?.string ?? "")=\($0["source"]?.string ?? "")"
    }
  }
}
