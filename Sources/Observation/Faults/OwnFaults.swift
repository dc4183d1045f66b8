internal import CFaults
private import Foundation
package import Posture

/// What a fault of Plumb's own costs: the instance that is at work, not the run.
///
/// A trap cannot be caught: the process begins again from its arguments without that instance, as it would
/// after a power cut. Where several instances were at work, it takes one at a time first, to know which
/// it is.
package enum OwnFaults {
  /// Begins the program again after a fault while an instance is at work.
  package static func handle() {
    plumb_faults_handle(CommandLine.argc, CommandLine.unsafeArgv)
  }

  private static let given = Set(
    (ProcessInfo.processInfo.environment[PLUMB_FAULTED] ?? "").split(separator: ",")
      .map(String.init))

  /// Whether instances are to be worked on one after the other.
  package static var takesOneAtATime: Bool { given.contains("*") }

  /// The fault of an instance that an earlier attempt of this run fell over; nil for all others.
  package static func failure(of instance: String) -> Fault? {
    guard given.contains(instance) else { return nil }
    return Fault(
      .failed,
      "a fault of Plumb's own, which this run fell over and left out: please report it with what is said above it"
    )
  }

  /// Works on an instance.
  package static func about<Value>(_ instance: String, _ body: () -> Value) -> Value {
    plumb_faults_begin(instance)
    defer { plumb_faults_end(instance) }
    return body()
  }

  /// Works on an instance, waiting in between.
  static func about<Value: Sendable>(
    _ instance: String, _ body: () async -> Value
  ) async -> Value {
    plumb_faults_begin(instance)
    defer { plumb_faults_end(instance) }
    return await body()
  }
}
