/// Reads YAML 1.2 streams with the core schema.
///
/// Beyond the specification, these are errors: keys that are not scalars, merge keys (`<<`), tags
/// that are not the core schema's, byte encodings other than UTF-8.
public enum YAMLParser {
  /// Reads every document of a file.
  ///
  /// Nothing is thrown: faults go to `diagnostics`. A syntax error ends the file: what stands before
  /// its document is returned. Other faults (a key written twice, an unknown tag) leave the document
  /// standing, so that decoding can go on and name what else is wrong; of a key written twice the
  /// first counts.
  ///
  /// - Parameters:
  ///   - bytes: The file's content. A UTF-8 byte order mark is skipped.
  ///   - file: The name that marks and diagnostics carry.
  ///   - limits: What the file may ask for.
  ///   - diagnostics: Where faults go.
  /// - Returns: The documents, in order; none for a file of comments only.
  /// - Complexity: O(*n*) in bytes.
  public static func parse(
    _ bytes: [UInt8], file: String, limits: YAMLLimits = YAMLLimits(),
    into diagnostics: Diagnostics
  ) -> [Document] {
    bytes.withUnsafeBufferPointer { buffer in
      parse(buffer, file: file, limits: limits, into: diagnostics)
    }
  }

  /// Reads every document of a text; see ``parse(_:file:limits:into:)-([UInt8],_,_,_)``.
  public static func parse(
    _ text: String, file: String, limits: YAMLLimits = YAMLLimits(),
    into diagnostics: Diagnostics
  ) -> [Document] {
    var text = text
    return text.withUTF8 { parse($0, file: file, limits: limits, into: diagnostics) }
  }

  private static func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, file: String, limits: YAMLLimits,
    into diagnostics: Diagnostics
  ) -> [Document] {
    do throws(SyntaxFault) {
      let source = try SourceText(bytes, limits: limits)
      var composer = Composer(source, file: file, limits: limits, diagnostics: diagnostics)
      return composer.composeDocuments()
    } catch {
      diagnostics.error(error.message, at: error.position.mark(in: file))
      return []
    }
  }
}

/// A fault that ends the reading of a file.
struct SyntaxFault: Error {
  let message: String
  let position: Position
}
