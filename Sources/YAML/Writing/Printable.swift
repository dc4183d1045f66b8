/// Which characters may stand in a file as themselves.
enum Printable {
  /// Whether a character is written as an escape: controls, what YAML does not allow, the line
  /// breaks of YAML 1.1 and Unicode (parsers disagree about them), and what is invisible or
  /// reorders the text around it (what a reviewer sees must be what is there).
  static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0xAC, 0xAE...0x61B, 0x61D...0x180D, 0x180F...0x1FFF: false
    case 0x200C, 0x200D, 0x2010...0x2027, 0x202F...0x205F: false
    case 0x2070...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFF8, 0xFFFC...0xFFFD: false
    case 0x10000...0xDFFFF, 0xF0000...0x10FFFF: scalar.value & 0xFFFE == 0xFFFE
    case 0x2000...0x200A: false
    default: true
    }
  }
}
