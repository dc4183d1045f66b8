#if Service
private import Foundation
package import Logging
internal import NIOPosix
internal import Posture
internal import Reconciler
internal import ServiceLifecycle

/// Keeps what is served at the tip of the branch: looks at intervals, and whenever a hook rings.
///
/// A tip that cannot be read, or made into pages, leaves what was served in place; pages, interface, log and figures say so.
package struct Publisher: ServiceLifecycle.Service {
  let source: ReportSource
  let store: PageStore
  /// Seconds from one look to the next; each is a tenth longer or shorter, so that many servers do not ask at once.
  let interval: Double
  let bell: Bell
  let logger: Logger
  /// Done beside each look: keys of a proxy's are read again.
  let alongside: @Sendable () async -> Void

  package init(
    source: ReportSource, store: PageStore, interval: Double, bell: Bell, logger: Logger,
    alongside: @escaping @Sendable () async -> Void = {}
  ) {
    self.source = source
    self.store = store
    self.interval = interval
    self.bell = bell
    self.logger = logger
    self.alongside = alongside
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      await withTaskGroup(of: Void.self) { tasks in
        let (looks, due) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        tasks.addTask { for await _ in bell.rings { due.yield() } }
        tasks.addTask {
          while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(interval * Double.random(in: 0.9...1.1)))
            due.yield()
          }
        }
        var last: ReportSource.Tip?
        due.yield()
        for await _ in looks {
          await alongside()
          last = await look(after: last)
        }
        tasks.cancelAll()
      }
    }
  }

  /// - Returns: The tip that was dealt with; what failed is tried again at the next look.
  func look(after last: ReportSource.Tip?) async -> ReportSource.Tip? {
    let tip: ReportSource.Tip
    do {
      // Fetching blocks: not on the threads that answer.
      tip = try await NIOThreadPool.singleton.runIfActive { try source.tip() }
    } catch {
      note("the repository could not be asked", because: error)
      return nil
    }
    do {
      let now = Date().timeIntervalSince1970
      if tip == last {
        store.note(.unchanged, nil, problem: store.problem, at: now)
        return last
      }
      let publication = try await source.publication(at: tip)
      store.note(.published, publication, problem: nil, at: Date().timeIntervalSince1970)
      logger.info(
        "Serving a report", metadata: ["report": "\(publication.report.revision.prefix(12))"])
      return tip
    } catch {
      note("the tip of the branch cannot be read", because: error)
      return nil
    }
  }

  /// What was served goes on, and says that it is not the newest. The log says why: what an error quotes, such as a folder or
  /// another team's instance, is not for visitors.
  private func note(_ problem: String, because error: any Error) {
    // Told to end, it looks no more, which is no fault of the branch.
    if Task.isCancelled || error is CancellationError { return }
    logger.error("\(problem)", metadata: ["reason": "\(Self.text(of: error))"])
    let now = Date().timeIntervalSince1970
    guard let served = store.publication, served.problem != problem,
      let options = try? source.options(at: served.story.desired.revision)
    else { return store.note(.failed, nil, problem: problem, at: now) }
    store.note(.failed, served.saying(problem, options: options), problem: problem, at: now)
  }

  /// The first line of it.
  private static func text(of error: any Error) -> String {
    "\(error)".split(separator: "\n").first.map(String.init) ?? "it cannot be read"
  }
}
#endif
