private import Foundation
internal import Observation
internal import Reports
private import Synchronization

/// Where results, progress and diagnostics go: results to standard output, the rest to standard
/// error.
enum Console {
  static func print(_ text: String) { write(text, to: FileHandle.standardOutput) }

  static func print(_ bytes: [UInt8]) {
    let isWhole = bytes.last == UInt8(ascii: "\n")
    write(isWhole ? bytes : bytes + [UInt8(ascii: "\n")], to: FileHandle.standardOutput)
  }

  /// Progress and diagnostics. Whatever they repeat, they reach neither the terminal nor a forge's runner as commands.
  static func note(_ text: String) {
    write(
      Escaping.terminalLines(text).map(inert).joined(separator: "\n"),
      to: FileHandle.standardError)
  }

  /// What a question says, with the cursor behind it.
  static func prompt(_ text: String) {
    write(Array(Escaping.terminal(text).utf8), to: FileHandle.standardError)
  }

  /// A line that GitHub's runner does not take for a workflow command: it looks for `::` at a line's beginning and for
  /// `##[` anywhere.
  private static func inert(_ line: String) -> String {
    let text = line.drop(while: \.isWhitespace)
    return (text.hasPrefix("::") ? "· " : "") + line.replacing("##[", with: "## [")
  }

  /// What is meant to be seen as it is: a token that was asked for by name, to standard output, or a page's address,
  /// to standard error. It passes no gate, and must hold no control character.
  static func reveal(_ text: String, isResult: Bool) {
    emit(Array((text + "\n").utf8), to: isResult ? .standardOutput : .standardError)
  }

  /// A line for programs, to standard error: its writer has escaped it already.
  static func log(_ line: [UInt8]) {
    write(line + [UInt8(ascii: "\n")], to: FileHandle.standardError)
  }

  static func error(_ text: String) {
    let isDiagnostic = text.prefix { $0 != "\n" }.contains(": error: ")
    note(isDiagnostic ? text : "error: \(text)")
  }

  private static func write(_ text: String, to handle: FileHandle) {
    write(Array((text.hasSuffix("\n") ? text : text + "\n").utf8), to: handle)
  }

  /// Why results could not be written, the first time.
  private static let fault = Mutex<String?>(nil)

  /// Why a result did not reach standard output; nil when all did.
  ///
  /// It is asked for at the end: what was to be done is done although nobody can read of it.
  static var outputFault: String? { fault.withLock { $0 } }

  private static func write(_ bytes: [UInt8], to handle: FileHandle) {
    // The last gate: whatever led here, no secret of this process goes on.
    emit(SecretGate.process.passing(bytes), to: handle)
  }

  /// A reader that went away (`plumb show | head`) is no fault; a full disk is.
  private static func emit(_ bytes: [UInt8], to handle: FileHandle) {
    guard !bytes.isEmpty else { return }
    do {
      try handle.write(contentsOf: bytes)
    } catch {
      let code = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
      let number = code?.code ?? Int(errno)
      guard handle == .standardOutput, number != Int(EPIPE) else { return }
      let reason = String(cString: strerror(Int32(truncatingIfNeeded: number)))
      fault.withLock { $0 = $0 ?? "the result cannot be written to standard output: \(reason)" }
    }
  }

  /// Whether standard output is a terminal.
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// The width of standard output's terminal in columns; 100 where there is none.
  static var width: Int { isTerminal ? width(of: STDOUT_FILENO) : 100 }

  /// The width of a stream's terminal in columns; 100 where there is none.
  static func width(of stream: Int32) -> Int {
    var size = winsize()
    guard ioctl(stream, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
    return max(60, Int(size.ws_col))
  }
}
