private import Foundation

/// The variables that the tests were started with.
package enum TestEnvironment {
  package static subscript(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }
}
