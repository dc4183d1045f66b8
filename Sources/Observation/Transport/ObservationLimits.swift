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
  /// Bytes of all answers that one part of an item takes: its details, its members.
  package var partSize = 32 << 20
  /// Bytes of lines of one parent's items that may wait for their turn.
  package var waitingSize = 1 << 20
  /// Bytes of what is kept of a collection's resources while others are read for each.
  package var identities = 64 << 20
  /// Requests of an instance.
  package var requests = 1_000_000
  /// Bytes of all answers of an instance after decompression.
  package var receivedSize = 16 << 30
  /// Bytes of a collection as it is stored.
  package var collectionSize = 2 << 30
  /// Bytes of an instance as it is stored.
  package var storedSize = 4 << 30
  /// When and how often a request is tried again.
  package var retry = RetryPolicy()

  /// How many times its size an answer may unpack to.
  package static let ratio = 200
  /// Bytes that the instances of a run store together.
  package static let runSize = 64 << 30

  package init() {}
}
