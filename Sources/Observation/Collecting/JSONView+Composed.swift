internal import JSON
internal import Posture

extension JSONView {
  /// Parses what the engine itself has put together from an answer.
  ///
  /// - Throws: ``Fault``, so that the collection is not complete: an item must not vanish.
  init(composed bytes: [UInt8]) throws(Fault) {
    do throws(JSONError) {
      self = try JSONView(parsing: bytes)
    } catch {
      throw Fault(
        error.kind == .depth ? .tooLarge : .malformed, "an item could not be put together: \(error)"
      )
    }
  }
}
