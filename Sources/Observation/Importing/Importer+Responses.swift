package import Connectors
internal import JSON
package import Posture

extension Importer {
  /// Stores a folder of an API's raw answers: `<collection>.json` with one answer or a list of its
  /// pages' items; of what belongs to other resources, an object with the answer for each parent's
  /// identity.
  ///
  /// What only further requests could complete cannot be imported this way. Collections without a
  /// file are `failed`.
  package static func store(
    responses path: String, in files: any RepositoryFiles, observedAt: Instant,
    as instance: Instance, connector: Connector, store place: ObservationStore, clock: Instant
  ) async throws(Fault) -> [CollectionResult] {
    try await store(as: instance, connector, observedAt, place, clock) {
      (draft) throws(Fault) in
      var results: [CollectionResult] = []
      for collection in connector.collections {
        let name = collection.name
        let file = "\(path)/\(name).json"
        if let fixed = collection.fixed {
          results.append(try await put(fixed.map { $0.bytes() }, name, draft))
          continue
        }
        guard !collection.requests.isEmpty else { continue }
        let bytes: [UInt8]
        do throws(Fault) {
          bytes = try files.contents(of: file, limit: FileLimits.export)
        } catch {
          results.append(
            CollectionResult(name: name, state: .failed, count: 0, fault: error))
          continue
        }
        let lines: [[UInt8]]
        do throws(Fault) {
          lines = try ResponseFile(collection, connector: connector).lines(bytes, named: file)
        } catch {
          // Whoever asked was not shown everything: that is this collection's alone.
          guard error.code == .denied else { throw error }
          results.append(CollectionResult(name: name, state: .denied, count: 0, fault: error))
          continue
        }
        results.append(try await put(lines, name, draft))
      }
      return results
    }
  }
}

/// One collection's raw answers as lines.
private struct ResponseFile {
  let collection: Connector.Collection
  let writer: ResourceWriter
  let types: TypedFields

  init(_ collection: Connector.Collection, connector: Connector) {
    self.collection = collection
    writer = ResourceWriter(
      paths: connector.redaction + collection.redaction, mask: SecretGate(),
      keys: collection.shaping.keys)
    types = TypedFields(collection.fields)
  }

  func lines(_ bytes: [UInt8], named file: String) throws(Fault) -> [[UInt8]] {
    let root: JSONView
    do throws(JSONError) {
      root = try JSONView(parsing: bytes)
    } catch {
      throw Fault(.malformed, "\(file): \(error.message)")
    }
    guard collection.forEach != nil else { return try lines(root, parent: nil, file) }
    guard root.kind == .object else {
      throw Fault(.malformed, "\(file): it is no object of answers by their parent's identity")
    }
    var lines: [[UInt8]] = []
    for (parent, answer) in root.members { lines += try self.lines(answer, parent: parent, file) }
    return lines
  }

  private func lines(
    _ answer: JSONView, parent: String?, _ file: String
  ) throws(Fault) -> [[UInt8]] {
    guard let request = collection.requests.first else { return [] }
    let items: [ItemPointer.Item]
    do throws(Fault) {
      // The items alone are as good as the answer that has them.
      let isBare = answer.kind == .array && !collection.isSingleton
      items = try ItemPointer(isBare ? "" : request.items).items(
        of: answer, shape: isBare ? .list : request.shape, mayBeAbsent: request.mayBeAbsent
      ).items
    } catch {
      throw error.of { "\(file): \($0)" }
    }
    if let must = request.mustHave, !items.contains(where: { must.stands(in: $0.view) }) {
      throw must.fault
    }
    return try items.filter { item in
      collection.shaping.filter.allSatisfy { filter in
        item.view.value(at: filter.name)?.plainText.map(filter.value.contains) == true
      }
    }.map { item throws(Fault) in
      try types.typed(
        writer.line(
          ShapedResource(item.view, attached: [], chosen: collection.shaping.members),
          leading: (parent.map { [("_parent", $0)] } ?? [])
            + (item.key.map { [("_key", $0)] } ?? [])))
    }
  }
}
