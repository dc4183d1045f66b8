import Foundation
import Testing

/// What of Foundation is not called, since it ends the process where it ought to tell a fault.
@Suite("Foundation")
struct FoundationTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// - `Process` reads beyond a buffer when more than a thousand files are open (swift-corelibs-foundation, pull
  ///   request 5472).
  /// - These readings and writings of a `FileHandle` stop the process at any fault, such as a signal or a full disk;
  ///   there is one that throws for each.
  private let fatal =
    /\bProcess\(\)|\.availableData\b|\.readDataToEndOfFile\(|\.readData\(ofLength:|\.write\(Data\(/

  @Test("what stops the process at a fault is called nowhere", arguments: ["Sources", "Tests"])
  func calls(folder: String) throws {
    let names = FileManager.default.enumerator(atPath: Self.root.appending(path: folder).path)
    let files = (names?.allObjects as? [String] ?? []).filter {
      $0.hasSuffix(".swift") && !$0.hasSuffix("HouseTests/FoundationTests.swift")
    }
    #expect(files.count > 100)
    for file in files {
      let text = try String(
        contentsOf: Self.root.appending(path: "\(folder)/\(file)"), encoding: .utf8)
      let found = text.matches(of: fatal).map { String($0.0) }
      #expect(found.isEmpty, "\(folder)/\(file): \(found)")
    }
  }
}
