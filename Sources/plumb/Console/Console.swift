private import Foundation

/// Where results, progress and diagnostics go: results to standard output, the rest to standard
/// error.
enum Console {
  static func print(_ text: String) { write(text, to: FileHandle.standardOutput) }

  static func print(_ bytes: [UInt8]) {
    let end: [UInt8] = bytes.last == UInt8(ascii: "\n") ? [] : [UInt8(ascii: "\n")]
    write(Data(bytes + end), to: FileHandle.standardOutput)
  }

  static func note(_ text: String) { write(text, to: FileHandle.standardError) }

  static func error(_ text: String) {
    let isDiagnostic = text.prefix { $0 != "\n" }.contains(": error: ")
    note(isDiagnostic ? text : "error: \(text)")
  }

  private static func write(_ text: String, to handle: FileHandle) {
    write(Data((text.hasSuffix("\n") ? text : text + "\n").utf8), to: handle)
  }

  /// A reader that went away (`plumb show | head`) is no fault.
  private static func write(_ data: Data, to handle: FileHandle) {
    try? handle.write(contentsOf: data)
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
