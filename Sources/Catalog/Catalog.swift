/// The built-in YAML: connectors, export formats, recommendations and initiatives, as text.
///
/// What the documents mean is `Posture`'s business; this module only carries them, so that the
/// `plumb` executable needs no files beside it.
public enum Catalog {
  /// One built-in document file.
  public struct File: Sendable {
    /// Relative to `Sources/Catalog`, with `/` between folders: `recommendations/okta/session.yaml`.
    public let path: String
    /// The file's content, byte for byte.
    public let text: String
    /// Where the tests begin, in bytes of the text; its end when it has none.
    let tests: Int

    /// The content as bytes.
    ///
    /// - Parameter withTests: Tests are half of the catalog, and only who runs them needs to read them.
    public func bytes(withTests: Bool) -> [UInt8] {
      withTests ? Array(text.utf8) : Array(text.utf8.prefix(tests))
    }
  }

  /// Every built-in file, sorted by path.
  public static var files: [File] {
    zip(EmbeddedCatalog.paths, EmbeddedCatalog.texts).map {
      File(path: $0, text: $1.0, tests: $1.1)
    }
  }
}
