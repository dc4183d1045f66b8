import Foundation
import TestSupport

/// What is preloaded into the program to end it at a call of its own choosing, built beside the program.
enum PreloadedLibrary {
  /// `Resources/killat.c`; nil where there is no C compiler.
  static let kill = build("killat")
  /// `Resources/trapat.c`; nil where there is no C compiler.
  static let trap = build("trapat")

  private static func build(_ name: String) -> String? {
    guard let program = Program.path else { return nil }
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Resources/\(name).c").path
    let folder = URL(fileURLWithPath: program).deletingLastPathComponent().path
    let library = folder + "/\(name).so"
    // Under a name of its own until it is whole: another run of the tests may be loading it.
    let draft = folder + "/\(name)-\(getpid()).so"
    let built = try? Run(
      "/usr/bin/env",
      ["cc", "-shared", "-fPIC", "-O1", "-o", draft, source, "-ldl", "-lpthread"], in: folder,
      environment: Scratch.environment)
    guard built?.status == 0, rename(draft, library) == 0 else {
      print("Kills: not tried, since no C compiler makes \(name): \(built?.error ?? "")")
      return nil
    }
    return library
  }
}
