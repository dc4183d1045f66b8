private import Foundation
internal import Observation
internal import Reports

/// A question to whoever sits at the terminal.
enum Question {
  /// Asks until the answer is one.
  ///
  /// - Parameters:
  ///   - example: An answer as it looks.
  ///   - problem: Why a text is no answer; nil when it is one.
  /// - Returns: Nil where there is nobody to ask: input or diagnostics are no terminal, or the input has ended.
  static func answer(
    _ question: String, example: String?, problem: (String) -> String? = { _ in nil }
  ) -> String? {
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return nil }
    while true {
      let form = example.map { ", such as \($0)" } ?? ""
      Console.prompt("\(question)\(form): ")
      guard let line = readLine() else { return nil }
      let text = line.trimmingCharacters(in: .whitespaces)
      if text.isEmpty { continue }
      guard let problem = problem(text) else { return text }
      Console.note(problem)
    }
  }
}
