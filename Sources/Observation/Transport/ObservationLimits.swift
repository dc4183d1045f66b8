/// How much one observation may ask for. Passing a bound is an error that names it.
package struct ObservationLimits: Sendable, Hashable {
  /// Bytes of one answer after decompression.
  package var responseSize = 64 << 20
  /// Levels of arrays and objects in an answer.
  package var depth = 64
  /// Pages of one list.
  package var pages = 10_000
  /// Redirects of one request.
  package var redirects = 5
  /// Seconds for one request.
  package var requestTime = 120.0
  /// Seconds for the whole instance.
  package var totalTime = 1_800.0
  /// Bytes of one resource as it is stored: no more than the reader takes.
  package var resourceSize = 16 << 20
  package var retry = RetryPolicy()

  package init() {}
}
