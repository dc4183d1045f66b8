import Foundation
import TestSupport
import Testing

/// The example company in a repository of its own, as the quickstart plays it.
struct ExampleCompany {
  let scratch: Scratch

  /// Contoso's desired state and its tenants as observed on 1 June, committed.
  init() throws {
    scratch = try Scratch()
    try scratch.makeRepository(["README.md": "Contoso\n"])
    try scratch.makeFolder("repository/examples/contoso")
    try copy("desired-state", to: "desired-state")
    for name in ["observations", "exports"] {
      try copy("examples/contoso/\(name)", to: "examples/contoso/\(name)")
    }
    try scratch.commit([:], "Contoso on 1 June")
  }

  /// Copies what this repository has over what is there.
  private func copy(_ from: String, to target: String) throws {
    try scratch.copy("\(ExampleFile.repository.path)/\(from)", to: "repository/\(target)")
  }

  /// The tenants as observed on 8 June, in the working tree.
  func passWeek() throws {
    try copy("examples/contoso/week-later/.", to: "examples/contoso")
  }
}
