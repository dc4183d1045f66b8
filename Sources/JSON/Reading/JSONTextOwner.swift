/// What keeps the bytes of a ``JSONText`` alive: a document or a constant.
///
/// Unchecked: the subclasses are immutable once they are shared.
public class JSONTextOwner: @unchecked Sendable {
  @usableFromInline init() {}
}
