/// How many large answers are in memory at a time: many small requests may run, and a hostile server answers each with as much
/// as it may.
enum LargeAnswers {
  /// Bytes from which an answer is large.
  static let size = 1 << 20
  /// Large answers of an instance that are received at a time.
  static let limit = 4
}
