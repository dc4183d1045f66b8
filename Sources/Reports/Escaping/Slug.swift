internal import YAML

/// A name that may become the name of a file or folder.
///
/// The names of instances and initiatives are DNS labels already. A slug holds that to be so where
/// files are named, so that no other name can leave the reports folder, whoever made the plan.
struct Slug: Hashable {
  let text: String

  /// The name itself when it is a DNS label; else one that is made of what it has of such
  /// characters, with a number of its own.
  init(_ name: String) {
    if DNSLabel.isValid(name) {
      text = name
      return
    }
    var kept = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9": kept.unicodeScalars.append(scalar)
      default: if !kept.isEmpty && kept.last != "-" { kept += "-" }
      }
    }
    while kept.last == "-" { kept.removeLast() }
    text = (kept.isEmpty ? "" : kept.prefix(40) + "-") + Self.fingerprint(of: name)
  }

  /// FNV-1a of 64 bits: tells names apart, defends nothing.
  private static func fingerprint(of name: String) -> String {
    let hash = name.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
