#if Service
internal import Crypto
internal import Text

/// Tokens that open the pages, each with the name of who has it. Only digests are kept: no log and no error can hold a token.
package struct AccessTokens: Sendable {
  /// Why a list of tokens is not taken; no text quotes one.
  package struct Fault: Error, CustomStringConvertible {
    package let description: String
  }

  private struct Entry: Sendable {
    let name: String
    /// SHA-256.
    let digest: [UInt8]
  }

  private var entries: [Entry] = []

  package init() {}

  package var isEmpty: Bool { entries.isEmpty }

  /// Adds a token.
  ///
  /// - Throws: ``Fault`` where it has fewer than 128 bits.
  package mutating func add(_ token: String, of name: String) throws(Fault) {
    guard Self.isStrong(token) else {
      throw Fault(
        description:
          "the token of '\(name)' can be guessed: it wants 128 random bits or more, such as 'openssl rand -hex 32' prints"
      )
    }
    entries.append(Entry(name: name, digest: Self.digest(of: token)))
  }

  /// Adds the lines of a file: `NAME TOKEN`, or `NAME sha256:DIGEST` where not even the file is to hold the token. Empty lines
  /// and lines that begin with `#` say nothing.
  package mutating func add(file text: String, named path: String) throws(Fault) {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
      guard let name = words.first, !name.hasPrefix("#") else { continue }
      let place = "\(path):\(index + 1)"
      guard words.count == 2, name.wholeMatch(of: /[A-Za-z0-9._@+-]{1,64}/) != nil else {
        throw Fault(
          description:
            "\(place): a line is a name of letters, digits and . _ @ + -, a blank, and a token"
        )
      }
      guard !entries.contains(where: { $0.name == name }) else {
        throw Fault(description: "\(place): '\(name)' has a token already")
      }
      if words[1].hasPrefix("sha256:") {
        guard let digest = Hexadecimal.bytes(String(words[1].dropFirst(7))), digest.count == 32
        else {
          throw Fault(description: "\(place): 'sha256:' wants the 64 digits of a SHA-256")
        }
        entries.append(Entry(name: name, digest: digest))
      } else {
        do throws(Fault) { try add(words[1], of: name) } catch {
          throw Fault(description: "\(place): \(error.description)")
        }
      }
    }
  }

  /// Who has a token; nil for nobody.
  ///
  /// Digests are compared, each in constant time, and all of them whatever is found: how long it takes tells nothing.
  func owner(of token: String) -> String? {
    let digest = SHA256.hash(data: Array(token.utf8))
    var owner: String?
    for entry in entries where digest == entry.digest { owner = entry.name }
    return owner
  }

  private static func digest(of token: String) -> [UInt8] {
    Array(SHA256.hash(data: Array(token.utf8)))
  }

  /// Whether a token may hold 128 random bits: 32 hexadecimal digits, or 22 of a larger alphabet, and not the same few.
  private static func isStrong(_ token: String) -> Bool {
    let bytes = Array(token.utf8)
    guard bytes.allSatisfy({ (0x21...0x7e).contains($0) }), Set(bytes).count >= 8 else {
      return false
    }
    return bytes.count >= (bytes.allSatisfy { Hexadecimal.value(of: $0) != nil } ? 32 : 22)
  }
}
#endif
