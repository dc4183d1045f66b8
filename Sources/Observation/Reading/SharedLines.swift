internal import Crypto
private import Dispatch
private import Foundation
internal import JSON
internal import Posture
internal import Synchronization

/// The lines of one file, read by several threads: each takes the next lines, parses them, and has a judge of its own.
///
/// Whoever takes lines reads and digests them too, so that the digest grows in the order of the file while others parse and
/// judge. What comes of it is what one thread would have found: every line has its place, of faults the first counts.
final class SharedLines: Sendable {
  private struct State: ~Copyable, Sendable {
    var chunks: JSONLineChunks
    var hash = SHA256()
    /// Nobody begins any more.
    var isClosed = false
    /// No more lines are taken.
    var isOver = false
    var fault: JSONError?
    var untyped: Found.Untyped?

    /// Keeps the first faults by place. Lines are taken in their order: when one has a fault, all before it were taken.
    mutating func add(_ found: Found) {
      if let error = found.fault {
        isOver = true
        if fault.map({ ($0.line ?? .max) > (error.line ?? .max) }) ?? true { fault = error }
      }
      if let error = found.untyped, untyped.map({ $0.place > error.place }) ?? true {
        untyped = error
      }
    }
  }

  /// What is amiss with some lines.
  private struct Found: Sendable {
    typealias Untyped = (place: Int, fault: Fault)
    var fault: JSONError?
    var untyped: Untyped?
  }

  /// Threads for one file at the most: the digest leaves no work for more.
  private static let most = 8
  /// Chunks that one thread reads before others help: fewer are not worth their buffers.
  private static let alone = 8
  /// From how many bytes lines are parsed by one thread at a time, so that memory is no multiple of the longest line.
  private static let long = 2 << 20

  private let file: OpenFile
  private let shape: ResourceShape
  private let chunkSize: Int
  private let alone: Int
  private let state: Mutex<State>

  /// - Parameters:
  ///   - chunkSize: How many bytes are read at once.
  ///   - alone: How many chunks are read before others help.
  init(_ file: OpenFile, _ shape: ResourceShape, chunkSize: Int = 256 << 10, alone: Int = alone) {
    self.file = file
    self.shape = shape
    self.chunkSize = chunkSize
    self.alone = alone
    state = Mutex(State(chunks: JSONLineChunks(size: chunkSize)))
  }

  /// Reads to the end of the file, with as many helpers as there are; called once.
  ///
  /// - Parameter makeJudge: Called by this thread.
  /// - Throws: The fault of the first line that has one, or that of the file.
  func read(
    _ helpers: Helpers, by makeJudge: () -> any ResourceJudge
  ) throws(JSONError) -> ReadLines {
    let group = DispatchGroup()
    var (chunks, threads) = (0, 1)
    work(makeJudge()) {
      chunks += 1
      guard chunks >= alone, threads < Self.most, helpers.take() else { return }
      // Who helped before gave the core back because nothing is left.
      guard state.withLock({ !$0.isOver }) else { return helpers.giveBack() }
      threads += 1
      help(Handed(judge: makeJudge()), group, helpers)
    }
    // A thread that has not begun by now has nothing to do, and need not be waited for.
    state.withLock { $0.isClosed = true }
    group.wait()
    return try state.withLock { state throws(JSONError) in
      if let fault = state.fault { throw fault }
      return ReadLines(state.hash, count: state.chunks.values, untyped: state.untyped?.fault)
    }
  }

  /// A judge on its way to another thread. Unchecked: from then on, and until that ends, no other thread has it.
  private struct Handed: @unchecked Sendable {
    let judge: any ResourceJudge
  }

  private func help(_ handed: Handed, _ group: DispatchGroup, _ helpers: Helpers) {
    let thread = Thread { [self] in
      defer { helpers.giveBack() }
      let begins = state.withLock { state in
        if !state.isClosed { group.enter() }
        return !state.isClosed
      }
      guard begins else { return }
      work(handed.judge) {}
      group.leave()
    }
    // Expressions and documents nest: as much as a process's first thread has.
    thread.stackSize = 8 << 20
    thread.start()
  }

  private func work(_ judge: any ResourceJudge, afterEach: () -> Void) {
    var lines = JSONLines(kept: JSONColumn.capacity)
    let chunk = JSONLineChunk(capacity: chunkSize)
    while take(chunk, judge) {
      let found = parse(chunk, &lines, judge)
      if found.fault != nil || found.untyped != nil { state.withLock { $0.add(found) } }
      afterEach()
    }
  }

  /// Takes the next lines; where they are long, nobody else goes on before they are judged.
  private func take(_ chunk: JSONLineChunk, _ judge: any ResourceJudge) -> Bool {
    state.withLock { state in
      while !state.isOver {
        do throws(JSONError) {
          guard try state.chunks.next(into: chunk, from: file.descriptor) else {
            state.isOver = true
            break
          }
        } catch {
          state.add(Found(fault: error))
          break
        }
        state.hash.update(bufferPointer: chunk.read)
        if chunk.capacity <= Self.long { return true }
        var lines = JSONLines(kept: JSONColumn.capacity)
        state.add(parse(chunk, &lines, judge))
        chunk.shrink(to: chunkSize)
      }
      return false
    }
  }

  private func parse(
    _ chunk: JSONLineChunk, _ lines: inout JSONLines, _ judge: any ResourceJudge
  ) -> Found {
    var found = Found()
    var place = chunk.valuesBefore
    do {
      try lines.read(chunk) { line in
        place += 1
        do throws(Fault) {
          judge.take(try shape.resource(line.view), place: place)
        } catch {
          found.untyped = found.untyped ?? (place, error)
        }
      }
    } catch {
      found.fault = error as? JSONError ?? JSONError(kind: .file, message: "cannot be read")
    }
    return found
  }
}
