internal import Connectors
internal import JSON
internal import Posture
private import Synchronization

/// Reads one collection into its file.
struct CollectionCollector: Sendable {
  let shaper: ItemShaper
  let file: CollectionFile
  let storage: StorageQuota
  /// The places that children's templates have; nil when there are no children.
  let placesOfChildren: Set<String>?
  let advance: @Sendable (Int) -> Void

  private var collection: Connector.Collection { shaper.reader.collection }

  struct Collected: Sendable {
    let result: CollectionResult
    let parents: [ParentResource]
  }

  /// Reads everything, and keeps what was read before a fault.
  ///
  /// - Parameters:
  ///   - parents: The resources that the collection is read for; nil when it stands alone.
  ///   - obstacle: Why there may be more parents than these.
  func collect(for parents: [ParentResource]?, obstacle: Fault?) async -> Collected {
    let progress = Progress()
    var fault: Fault?
    var notes: [Fault] = obstacle.map { [$0] } ?? []
    do throws(Fault) {
      if let parents {
        let failures = try await collectChildren(of: parents, progress)
        if let first = failures.first {
          notes.append(
            Fault(first.code, "\(failures.count) of \(parents.count): \(first.detail)"))
          // Where nothing at all could be read, the reason is the collection's, not a resource's.
          if failures.count == parents.count { fault = first.asAbsence }
        }
      } else {
        if let fixed = collection.fixed { try await put(Lines(fixed.map { $0.bytes() }), progress) }
        for request in collection.requests {
          try await shaper.reader.read(request, { _ in nil }) {
            (page) throws(Fault) in
            try await shaper.lines(page, parent: nil) { (lines) throws(Fault) in
              try await put(lines, progress)
            }
          }
        }
      }
      // Where no item at all exists any more, it is the request that fails, not every one of them.
      if let gone = shaper.losses.gone, file.isEmpty { throw gone }
      if collection.isNeverEmpty, parents?.isEmpty != true, file.isEmpty, fault == nil,
        notes.isEmpty
      {
        throw CollectionSummary.cameEmpty
      }
    } catch {
      // What was asked for once was not listed before: it can't have been deleted since.
      fault = error.asAbsence
    }
    return await finish(fault, notes, progress)
  }

  /// - Returns: The faults of parents, without those of parents that exist no more; all of them
  ///   where no parent could be read.
  private func collectChildren(
    of parents: [ParentResource], _ progress: Progress
  ) async throws(Fault) -> [Fault] {
    var failures: [Fault] = []
    var gone: [Fault] = []
    try await inOrder(parents, width: width) {
      parent, turn in
      await children(of: parent, turn, progress)
    } _: { (answer: Children) throws(Fault) in
      try await put(answer.lines, progress)
      guard let fault = answer.fault else { return }
      // What concerns the collection or the instance as a whole ends it; the rest is one parent's.
      if answer.isFinal || [.refusedCredentials, .cancelled].contains(fault.code) { throw fault }
      if fault.code == .gone { gone.append(fault) } else { failures.append(fault) }
    }
    return failures.count + gone.count == parents.count ? failures + gone : failures
  }

  /// Parents that are read side by side.
  private var width: Int { 2 * shaper.reader.session.connector.concurrency }

  /// Bytes of lines that one parent's items may wait with: all together no more than 16 MiB where they are many.
  private var waitingSize: Int {
    min(shaper.reader.session.runner.limits.waitingSize, max(64 << 10, (16 << 20) / width))
  }

  /// What remains to be handed over of one parent.
  private struct Children: Sendable {
    var lines = Lines()
    var fault: Fault?
    /// Whether the fault is not the parent's alone.
    var isFinal = false
  }

  /// Reads the items of one parent. A few are kept until it is their turn; many wait for it and go
  /// to the file as they come, so that no parent is ever held whole.
  private func children(
    of parent: ParentResource, _ turn: Turn, _ progress: Progress
  ) async -> Children {
    var result = Children()
    var isStreamed = false
    do throws(Fault) {
      for request in collection.requests {
        try await shaper.reader.read(request, { parent.value($0) }) {
          (page) throws(Fault) in
          try await shaper.lines(page, parent: parent) { (lines) throws(Fault) in
            result.lines.append(lines)
            guard result.lines.bytes.count > waitingSize else { return }
            guard await turn.come() else { throw Fault(.cancelled, "cancelled") }
            isStreamed = true
            do throws(Fault) {
              try await put(result.lines, progress)
            } catch {
              result.isFinal = true
              throw error
            }
            result.lines = Lines()
          }
        }
      }
    } catch {
      // Of a parent that goes while its items are stored already, a part stands: that is no complete collection.
      result.fault = isStreamed ? error.asAbsence : error
      if result.isFinal || result.fault?.code == .gone { result.lines = Lines() }
    }
    return result
  }

  private func put(_ lines: Lines, _ progress: Progress) async throws(Fault) {
    guard lines.count > 0 else { return }
    try storage.take(lines.bytes.count)
    try file.append(lines)
    if let placesOfChildren {
      let identity = collection.identity
      for line in lines.each {
        guard let parent = ParentResource(Array(line), identity: identity, places: placesOfChildren)
        else {
          throw Fault(
            .malformed, "a resource has no '\(identity ?? "id")', which is to identify it")
        }
        try progress.add(parent, limit: shaper.reader.session.runner.limits.identities)
      }
    }
    advance(lines.count)
  }

  private func finish(
    _ fault: Fault?, _ notes: [Fault], _ progress: Progress
  ) async -> Collected {
    let name = collection.name
    let content: CollectionFile.Content
    do throws(Fault) {
      content = try await file.finish()
    } catch {
      return Collected(
        result: CollectionResult(name: name, state: .failed, count: 0, fault: error),
        parents: [])
    }
    // What is said of each part beats what ended it; what is lost is told where nothing else is amiss.
    let told =
      if !notes.isEmpty {
        Fault(joining: notes, code: fault?.code)
      } else if let fault {
        fault
      } else {
        Fault(joining: shaper.losses.notes + shaper.reader.unknown.notes)
      }
    let state: CollectionSummary.State =
      if fault == nil, notes.isEmpty {
        .complete
      } else if content.count > 0 {
        .partial
      } else if fault?.code.isDenial == true {
        .denied
      } else {
        fault == nil ? .partial : .failed
      }
    return Collected(
      result: CollectionResult(
        name: name, state: state, count: content.count, sha256: content.sha256, fault: told),
      parents: progress.parents)
  }
}

/// What a collection keeps for its children while it is read.
private final class Progress: Sendable {
  private struct Kept {
    var parents: [ParentResource] = []
    var size = 0
  }

  private let kept = Mutex(Kept())

  var parents: [ParentResource] { kept.withLock { $0.parents } }

  func add(_ parent: ParentResource, limit: Int) throws(Fault) {
    try kept.withLock { kept throws(Fault) in
      kept.size += parent.size
      guard kept.size <= limit else { throw Fault.identities(limit) }
      kept.parents.append(parent)
    }
  }
}

extension Fault {
  /// Joins several faults into one; nil where there are none.
  ///
  /// - Parameter code: The code of the joined fault; nil takes the first one's.
  init?(joining faults: [Fault], code: Code? = nil) {
    guard let first = faults.first else { return nil }
    self.init(code ?? first.code, faults.map(\.detail).joined(separator: "; "))
  }

  /// What is kept of a collection's resources passes the limit.
  ///
  /// - Parameter limit: Bytes.
  static func identities(_ limit: Int) -> Fault {
    Fault(
      .tooLarge,
      "what is kept of its resources while it is read has more than \(limit) bytes, which is the limit"
    )
  }
}
