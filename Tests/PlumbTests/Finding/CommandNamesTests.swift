import Testing

@testable import plumb

/// What is said of a first word that is no command.
@Suite("Names of commands")
struct CommandNamesTests {
  @Test("a command of the other build is said to be of it", arguments: ["controller", "serve"])
  func ofService(name: String) {
    let fault = CommandNames.fault(in: [name, "--help"], known: ["observe", "plan"])
    #expect(fault?.contains("this build has no '\(name)'") == true)
    #expect(fault?.contains("swift build --traits Service") == true)
    #if Service
    #expect(CommandNames.fault(in: [name]) == nil)
    #endif
  }

  @Test("a misspelt one is told what is near")
  func misspelt() {
    #expect(
      CommandNames.fault(in: ["observ"]) == "there is no command 'observ'; did you mean 'observe'?")
  }
}
