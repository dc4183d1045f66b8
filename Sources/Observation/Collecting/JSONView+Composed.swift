internal import JSON

extension JSONView {
  /// What the engine itself has put together of an answer, read like one.
  ///
  /// - Throws: ``RequestFault``, so that the collection is not complete: an item must not vanish.
  init(composed bytes: [UInt8]) throws(RequestFault) {
    do throws(JSONError) {
      self = try JSONView(parsing: bytes)
    } catch {
      throw RequestFault(
        error.kind == .depth ? .limit : .shape, "an item could not be put together: \(error)")
    }
  }
}
