import Foundation
import Testing

/// What of Foundation is not called, since it ends the process where it ought to tell a fault.
@Suite("Foundation")
struct FoundationTests {
  /// - `Process` reads beyond a buffer when more than a thousand files are open (swift-corelibs-foundation, pull
  ///   request 5472).
  /// - These readings and writings of a `FileHandle` stop the process at any fault, such as a signal or a full disk;
  ///   there is one that throws for each.
  private let fatal =
    /\bProcess\(\)|\.availableData\b|\.readDataToEndOfFile\(|\.readData\(ofLength:|\.write\(Data\(/

  @Test("what stops the process at a fault is called nowhere", arguments: ["Sources", "Tests"])
  func calls(folder: String) throws {
    let files = House.files(below: folder)
      .filter { $0 != "Tests/HouseTests/FoundationTests.swift" }
    #expect(files.count > 100)
    for file in files {
      let found = try House.text(file).matches(of: fatal).map { String($0.0) }
      #expect(found.isEmpty, "\(file): \(found)")
    }
  }
}
