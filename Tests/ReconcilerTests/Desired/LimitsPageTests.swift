import CEL
import Foundation
import Posture
import Reports
import Testing
import YAML

@testable import Observation
@testable import Reconciler

/// `Sources/LIMITS.md` says what the code does.
@Suite("The page of bounds")
struct LimitsPageTests {
  private static let limits = ObservationLimits()
  private static let values: [String: Int] = [
    "entries of git's trees": DesiredFiles.Bounds.entries,
    "files": DesiredFiles.Bounds.files,
    "bytes of all files": DesiredFiles.Bounds.bytes,
    "bytes of a YAML file": YAMLLimits().bytes,
    "documents": DesiredStateReader.documentLimit,
    "own recommendations": Evaluator.Bounds.ownRecommendations,
    "bytes of an expression": Limits().length,
    "steps of one evaluation": Evaluator.Bounds.evaluationSteps,
    "bytes that one evaluation builds": Evaluator.Bounds.evaluationSize,
    "steps of all evaluations": Evaluator.Bounds.steps,
    "steps of all own recommendations, in even shares": Evaluator.Bounds.stepsOfOwn,
    "different sets of exceptions that match its resources": Evaluator.Bounds.exceptionSets,
    "bytes that all evaluations build": Evaluator.Bounds.size,
    "affected resources that are listed": Evaluator.Bounds.affected,
    "resources whose settings are recorded": Evaluator.Bounds.recorded,
    "bytes of either list": Evaluator.Bounds.listed,
    "bytes of either list of all own recommendations, in even shares": Evaluator.Bounds
      .listedOfOwn,
    "bytes of an id": Evaluator.Bounds.identity,
    "bytes of a label": Evaluator.Bounds.label,
    "bytes of a setting of a resource": Evaluator.Bounds.value,
    "bytes of a setting or evidence of the instance": Evaluator.Bounds.fact,
    "bytes of a reason": Evaluator.Bounds.reason,
    "bytes of an answer": limits.responseSize,
    "times that an answer may unpack to": ObservationLimits.ratio,
    "levels of an answer": limits.depth,
    "pages of a list": limits.pages,
    "redirects of a request": limits.redirects,
    "seconds of a request": Int(limits.requestTime),
    // The command's default, `--timeout 60`.
    "seconds of an instance": 3_600,
    "bytes of a resource": limits.resourceSize,
    "bytes of what belongs to a resource": limits.partSize,
    "bytes kept of the resources that others are read for": limits.identities,
    "requests of an instance": limits.requests,
    "bytes received of an instance": limits.receivedSize,
    "bytes stored of a collection": limits.collectionSize,
    "bytes stored of an instance": limits.storedSize,
    "bytes stored of a run": ObservationLimits.runSize,
    "bytes of a store of tokens": TokenStore.Bounds.size,
    "seconds that another process's renewal is waited for": TokenStore.Bounds.patience,
    "seconds that a person is waited for": LoopbackListener.Bounds.time,
    "bytes of the address that brings a code": LoopbackListener.Bounds.size,
    "connections that a code is waited for on": LoopbackListener.Bounds.connections,
    "things that a message tells one by one": NotificationMessage.most,
    "alerts of a run": NotificationMessage.mostFiled,
    "bytes of a card": NotificationMessage.mostTeamsBytes,
    "tries of a message": NotificationSender.retry.attempts,
    "seconds of a message": Int(NotificationSender.totalTime),
    "bytes of an answer to a message": NotificationSender.answerSize,
  ]

  /// The test that passes each bound, and sees what it costs and what is said.
  private static let tests: [String: String] = [
    "entries of git's trees": "DesiredBoundsTests.treeBomb",
    "files": "DesiredBoundsTests.files",
    "bytes of all files": "DesiredBoundsTests.blobBomb",
    "bytes of a YAML file": "LimitTests.bytes",
    "documents": "DesiredBoundsTests.documents",
    "own recommendations": "CostTests.ownRecommendations",
    "bytes of an expression": "LimitsTests.length",
    "steps of one evaluation": "BudgetTests.single",
    "bytes that one evaluation builds": "BudgetTests.size",
    "steps of all evaluations": "BudgetTests.together",
    "steps of all own recommendations, in even shares": "CostTests.shares",
    "bytes of either list": "CostTests.listed",
    "bytes of either list of all own recommendations, in even shares": "CostTests.shares",
    "different sets of exceptions that match its resources": "DecisionTests.sets",
    "bytes that all evaluations build": "BudgetTests.size",
    "affected resources that are listed": "EvaluatorTests.boundedLists",
    "resources whose settings are recorded": "ReportTreeTests.manySettings",
    "bytes of an id": "CostTests.texts",
    "bytes of a label": "CostTests.texts",
    "bytes of a setting of a resource": "CostTests.texts",
    "bytes of a setting or evidence of the instance": "CostTests.facts",
    "bytes of a reason": "CostTests.facts",
    "bytes of an answer": "RetryTests.size",
    "times that an answer may unpack to": "BoundsTests.unpacking",
    "levels of an answer": "RetryTests.depth",
    "pages of a list": "PagingTests.endless",
    "redirects of a request": "BoundsTests.redirects",
    "seconds of a request": "BoundsTests.silence",
    "seconds of an instance": "BoundsTests.time",
    "bytes of a resource": "BoundsTests.resource",
    "bytes of what belongs to a resource": "BoundsTests.parts",
    "bytes kept of the resources that others are read for": "BoundsTests.parts",
    "requests of an instance": "BoundsTests.counted",
    "bytes received of an instance": "BoundsTests.counted",
    "bytes stored of a collection": "BoundsTests.stored",
    "bytes stored of an instance": "BoundsTests.wholes",
    "bytes stored of a run": "BoundsTests.wholes",
    "bytes of a store of tokens": "TokenStoreTests.large",
    "seconds that another process's renewal is waited for": "TokenStoreTests.busy",
    "seconds that a person is waited for": "LoopbackListenerTests.late",
    "bytes of the address that brings a code": "LoopbackListenerTests.long",
    "connections that a code is waited for on": "LoopbackListenerTests.connections",
    "things that a message tells one by one": "NotificationTests.many",
    "alerts of a run": "NotificationTests.many",
    "bytes of a card": "HostileMessageTests.teams",
    "tries of a message": "NotificationSenderTests.bounded",
    "seconds of a message": "NotificationSenderTests.bounded",
    "bytes of an answer to a message": "NotificationSenderTests.large",
  ]

  /// `1,000` or `16 MiB`.
  private static func number(_ text: String) -> Int? {
    let words = text.replacing(",", with: "").split(separator: " ")
    let factors = ["KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30]
    guard let first = words.first, let number = Int(first) else { return nil }
    return words.count == 1 ? number : factors[String(words[1])].map { number * $0 }
  }

  @Test("lists every bound with the value that the code has")
  func values() throws {
    let page = try String(
      contentsOf: Self.root.appending(path: "Sources/LIMITS.md"), encoding: .utf8)
    var listed: [String: Int] = [:]
    for line in page.split(separator: "\n") where line.hasPrefix("| ") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 4, cells[0] != "bound" else { continue }
      #expect(!cells[2].isEmpty && !cells[3].isEmpty)
      let value = try #require(Self.number(cells[1]), "\(line)")
      listed[cells[0]] = value
    }
    #expect(listed == Self.values)
  }

  @Test("has a test for every bound")
  func testsOfRows() throws {
    #expect(Set(Self.tests.keys) == Set(Self.values.keys))
    let folder = Self.root.appending(path: "Tests")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    var suites: [String: String] = [:]
    for case let file as URL in files ?? .init()
    where file.lastPathComponent.hasSuffix("Tests.swift") {
      let name = String(file.lastPathComponent.dropLast(".swift".count))
      suites[name, default: ""] += try String(contentsOf: file, encoding: .utf8)
    }
    for (row, test) in Self.tests {
      let parts = test.split(separator: ".").map(String.init)
      #expect(suites[parts[0]]?.contains("func \(parts[1])(") == true, "\(row): \(test)")
    }
  }

  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
