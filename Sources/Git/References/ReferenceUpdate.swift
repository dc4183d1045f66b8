/// How an attempt to move a reference ended.
public enum ReferenceUpdate: Hashable, Sendable {
  /// The reference points to the new object.
  case moved
  /// Somebody else was faster, and nothing was changed: the reference points to this (nil: it does not
  /// exist).
  case overtaken(current: ObjectID?)
}
