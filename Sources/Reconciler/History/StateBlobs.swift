internal import Git
internal import JSON

/// Reads many recorded files, each distinct one once, and shares them out over the cores.
struct StateBlobs: Sendable {
  /// The path of the repository; a handle belongs to one thread.
  let repository: String

  private static let limit = 1 << 30

  /// The value that a closure makes of each blob, by the blob's identifier.
  func read<Value: Sendable>(
    _ ids: [ObjectID], _ decode: @escaping @Sendable (JSONView, ObjectID) throws -> Value
  ) async throws -> [ObjectID: Value] {
    var seen: Set<ObjectID> = []
    let distinct = ids.filter { seen.insert($0).inserted }
    // Neighbours in history are packed as differences from one another: each core takes a run.
    let width = max(1, min(Assessor.width, distinct.count / 8))
    let size = (distinct.count + width - 1) / width
    return try await withThrowingTaskGroup(of: [(ObjectID, Value)].self) { group in
      for start in stride(from: 0, to: distinct.count, by: max(1, size)) {
        let part = distinct[start..<min(start + size, distinct.count)]
        group.addTask {
          let repository = try Repository.open(path: repository)
          var parser = JSONParser()
          return try part.map { id in
            (id, try decode(try parser.parse(try repository.blob(id, limit: Self.limit)), id))
          }
        }
      }
      var values: [ObjectID: Value] = [:]
      values.reserveCapacity(distinct.count)
      for try await part in group {
        for (id, value) in part { values[id] = value }
      }
      return values
    }
  }
}
