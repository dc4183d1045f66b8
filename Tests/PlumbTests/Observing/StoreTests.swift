import Foundation
import Synchronization
import TestSupport
import Testing

/// Where observations are kept, and what is not believed there.
@Suite("The store of observations") struct StoreTests {
  private static func link(_ path: String, to target: String) throws {
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
  }

  @Test("an observation that a pull request commits is not believed: the tenant is asked")
  func forged() async throws {
    let mfa = Mutex(3)
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request, mfa: mfa.withLock { $0 })
    } _: { server in
      let company = try LiveCompany(LiveCompany.instance(at: server.authority))
      let scratch = company.scratch
      // As a healthy tenant's would be, with all that Plumb itself writes.
      var forging = company
      forging.environment["XDG_STATE_HOME"] = scratch.path + "/forger"
      #expect(try forging.plumb(["observe"], at: [server]).status == 0)
      mfa.withLock { $0 = 0 }
      let forger = try FileManager.default.contentsOfDirectory(
        atPath: scratch.path + "/forger/plumb")[0]
      let stored = "\(scratch.path)/forger/plumb/\(forger)/observations/acme-eu"
      try scratch.copy(stored, to: "repository/.plumb/observations/acme-eu")
      try scratch.overwrite(
        try #require(scratch.read("repository/.plumb/observations/acme-eu/observation.json"))
          .replacing(/"observedAt": "[^"]*"/, with: #""observedAt": "2099-01-01T00:00:00Z""#),
        in: "repository/.plumb/observations/acme-eu/observation.json")
      try scratch.git("checkout", "--quiet", "-b", "change")
      try scratch.git("add", "--force", ".plumb")
      try scratch.git("commit", "--quiet", "--message", "Forged")

      var asked = server.requests.count
      for arguments in [["plan"], ["apply"], ["plan", "--base", "main"]] {
        let run = try company.plumb(arguments, at: [server])
        #expect(run.status == 0, "\(run.error)")
        #expect(server.requests.count == asked + 3, "\(arguments)")
        asked = server.requests.count
        #expect(!run.output.contains("2099"))
        #expect(
          run.error.components(separatedBy: ".plumb/observations are not read any more").count == 2,
          "\(run.error)")
        try company.forget()
      }
      let state = try scratch.git("show", "plumb/reports:reports/instances/acme-eu/state.json")
      #expect(!state.contains("2099"))
      #expect(state.contains("notCompliant"))

      // Nor where the operator is led to it.
      for place in [".plumb", "desired-state/../.plumb"] {
        let run = try company.plumb(["plan", "--store", place], at: [server])
        #expect(run.status == 1)
        #expect(run.error.contains("not kept in the repository's working tree"), "\(run.error)")
      }
      try Self.link("\(scratch.path)/way", to: "repository/.plumb")
      let run = try company.plumb(["observe", "--store", "../way/store"], at: [server])
      #expect(run.status == 1)
      #expect(run.error.contains("not kept in the repository's working tree"), "\(run.error)")
      #expect(server.requests.count == asked)
    }
  }

  @Test(
    "links that a pull request commits lead nowhere: nothing outside is read, written or removed")
  func committedLinks() async throws {
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request)
    } _: { server in
      for place in [".plumb", ".plumb/observations"] {
        let company = try LiveCompany(LiveCompany.instance(at: server.authority))
        let scratch = company.scratch
        try scratch.write("kept", to: "victim/acme-eu/keep.txt")
        try scratch.write("kept", to: "victim/observations/acme-eu/keep.txt")
        try Self.link("\(scratch.path)/repository/\(place)", to: "\(scratch.path)/victim")
        try scratch.git("checkout", "--quiet", "-b", "change")
        try scratch.git("add", "--force", ".plumb")
        try scratch.git("commit", "--quiet", "--message", "Links")
        for arguments in [["observe"], ["plan"], ["plan", "--base", "main"], ["apply"]] {
          #expect(try company.plumb(arguments, at: [server]).status == 0)
        }
        let left = try FileManager.default.subpathsOfDirectory(atPath: "\(scratch.path)/victim")
        #expect(
          left.sorted() == [
            "acme-eu", "acme-eu/keep.txt", "observations", "observations/acme-eu",
            "observations/acme-eu/keep.txt",
          ])
        #expect(scratch.exists("\(try company.store())/acme-eu/observation.json"))
      }
    }
  }

  @Test("a link in the store is not followed, wherever it stands")
  func linksInTheStore() async throws {
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request)
    } _: { server in
      let company = try LiveCompany(LiveCompany.instance(at: server.authority))
      let scratch = company.scratch
      let path = scratch.path
      let manager = FileManager.default
      #expect(try company.plumb(["observe"], at: [server]).status == 0)
      let store = try company.store()

      // The instance's folder: replaced, and what it led to stands.
      try manager.removeItem(atPath: "\(path)/\(store)/acme-eu")
      try scratch.write("kept", to: "victim/keep.txt")
      try Self.link("\(path)/\(store)/acme-eu", to: "\(path)/victim")
      let shown = try company.plumb(["show", "--format", "json"])
      #expect(shown.output.contains("acme-eu is a link, and none is followed there"))
      #expect(try company.plumb(["observe"], at: [server]).status == 0)
      #expect(try manager.contentsOfDirectory(atPath: "\(path)/victim") == ["keep.txt"])
      #expect(
        try manager.attributesOfItem(atPath: "\(path)/\(store)/acme-eu")[.type]
          as? FileAttributeType == .typeDirectory)

      // A collection's file, the lock, the draft, the folders above.
      try manager.moveItem(
        atPath: "\(path)/\(store)/acme-eu/users.ndjson", toPath: "\(path)/users.ndjson")
      try Self.link("\(path)/\(store)/acme-eu/users.ndjson", to: "\(path)/users.ndjson")
      #expect(
        try company.plumb(["show", "--format", "json"]).output.contains(
          "users.ndjson is a link, and none is followed there"))
      try Self.link("\(path)/\(store)/.acme-eu.draft", to: "\(path)/victim")
      #expect(try company.plumb(["observe"], at: [server]).status == 0)
      #expect(try manager.contentsOfDirectory(atPath: "\(path)/victim") == ["keep.txt"])

      try manager.removeItem(atPath: "\(path)/\(store)/.acme-eu.lock")
      try Self.link("\(path)/\(store)/.acme-eu.lock", to: "\(path)/made")
      let locked = try company.plumb(["observe"], at: [server])
      #expect(locked.status == 1)
      #expect(locked.output.contains(".acme-eu.lock is a link, and none is followed there"))
      #expect(!scratch.exists("made"))
      try manager.removeItem(atPath: "\(path)/\(store)/.acme-eu.lock")

      var folder = store
      for _ in 0..<3 {
        try manager.moveItem(atPath: "\(path)/\(folder)", toPath: "\(path)/moved")
        try Self.link("\(path)/\(folder)", to: "\(path)/moved")
        let run = try company.plumb(["observe"], at: [server])
        #expect(run.status == 1, "\(folder)")
        #expect(run.output.contains("is a link, and none is followed there"), "\(run.output)")
        try manager.removeItem(atPath: "\(path)/\(folder)")
        try manager.moveItem(atPath: "\(path)/moved", toPath: "\(path)/\(folder)")
        folder = (folder as NSString).deletingLastPathComponent
      }
      #expect(try company.plumb(["observe"], at: [server]).status == 0)
    }
  }

  @Test("the store is this user's alone: what others own or may write is refused")
  func rights() async throws {
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request)
    } _: { server in
      let company = try LiveCompany(LiveCompany.instance(at: server.authority))
      #expect(try company.plumb(["observe"], at: [server]).status == 0)
      let store = "\(company.scratch.path)/\(try company.store())"
      let manager = FileManager.default
      func rights(_ path: String) throws -> Int? {
        (try manager.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
      }
      let files = ["observation.json", "users.ndjson", "policies.ndjson"].map { "/acme-eu/\($0)" }
      for file in files + ["/.acme-eu.lock"] { #expect(try rights(store + file) == 0o600) }
      let above = (store as NSString).deletingLastPathComponent
      for folder in [
        store, above, (above as NSString).deletingLastPathComponent, store + "/acme-eu",
      ] {
        #expect(try rights(folder) == 0o700, "\(folder)")
        try manager.setAttributes([.posixPermissions: 0o770], ofItemAtPath: folder)
        let shown = try company.plumb(["show", "--format", "json"])
        #expect(shown.output.contains("may be written by others"), "\(folder)")
        try manager.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
      }
      for file in files.prefix(2) {
        try manager.setAttributes([.posixPermissions: 0o602], ofItemAtPath: store + file)
        let shown = try company.plumb(["show", "--format", "json"])
        #expect(shown.output.contains("may be written by others"), "\(file)")
        try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: store + file)
      }
      guard geteuid() == 0 else {
        print("not run: only root can give a folder to another user")
        return
      }
      try manager.setAttributes([.ownerAccountID: 12_345], ofItemAtPath: store)
      let run = try company.plumb(["observe"], at: [server])
      #expect(run.status == 1)
      #expect(run.output.contains("belongs to another user"), "\(run.output)")
    }
  }

  @Test(
    "a manifest without a source, of another source, instance, connector or time is asked for anew")
  func manifests() async throws {
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request)
    } _: { server in
      let company = try LiveCompany(LiveCompany.instance(at: server.authority))
      #expect(try company.plumb(["plan"], at: [server]).status == 0)
      let name = "\(try company.store())/acme-eu/observation.json"
      let sound = try #require(company.scratch.read(name))
      let changes: [(pattern: Regex<Substring>, text: String, told: String)] = [
        (/"source": "[^"]*",/, "", "does not say of which source it is"),
        (/"source": "sha256:./, #""source": "sha256:x"#, "of another source"),
        (/"instance": "acme-eu"/, #""instance": "acme-us""#, "of another instance: 'acme-us'"),
        (/"name": "acme"/, #""name": "emca""#, "of another source"),
        (/"observedAt": "[^"]*"/, #""observedAt": "2099-01-01T00:00:00Z""#, "in the future"),
      ]
      for (pattern, text, told) in changes {
        try company.scratch.overwrite(sound.replacing(pattern, with: text), in: name)
        let later = ["show", "--format", "json", "--at", "2099-01-01T01:00:00Z"]
        for arguments in [["show", "--format", "json"], later] {
          let shown = try company.plumb(arguments)
          #expect(shown.output.contains(told), "\(text)")
          #expect(!shown.output.contains(#""compliance": "compliant""#))
        }
        let asked = server.requests.count
        #expect(try company.plumb(["plan"], at: [server]).status == 0)
        #expect(server.requests.count == asked + 3, "\(text)")
      }
      // A connector of the repository that asks another host now is another source.
      let connector = LiveCompany.connector.replacing(
        "https://{domain}", with: "https://eu.{domain}")
      try company.scratch.commit(["desired-state/acme.yaml": connector])
      #expect(try company.plumb(["show", "--format", "json"]).output.contains("of another source"))
    }
  }

  @Test("--store and PLUMB_STORE name a place; without a home there is none")
  func places() async throws {
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request)
    } _: { server in
      var company = try LiveCompany(LiveCompany.instance(at: server.authority))
      let observation = "observations/acme-eu/observation.json"
      #expect(try company.plumb(["observe", "--store", "../named"], at: [server]).status == 0)
      #expect(company.scratch.exists("named/\(observation)"))
      company.environment["PLUMB_STORE"] = "\(company.scratch.path)/other"
      #expect(try company.plumb(["observe"], at: [server]).status == 0)
      #expect(company.scratch.exists("other/\(observation)"))
      #expect(!company.scratch.exists("state"))
      company.environment["PLUMB_STORE"] = nil
      company.environment["XDG_STATE_HOME"] = "relative"
      company.environment["HOME"] = ""
      let homeless = try company.plumb(["observe"], at: [server])
      #expect(
        homeless.error
          == "error: there is no HOME to keep observations in; name a folder with --store\n")
      #expect(try company.plumb(["plan"], at: [server]).status == 0)
      company.environment["HOME"] = "\(company.scratch.path)/home"
      #expect(try company.plumb(["observe"], at: [server]).status == 0)
      #expect(company.scratch.exists("home/.local/state/plumb"))
    }
  }
}
