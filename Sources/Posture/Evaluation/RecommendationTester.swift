internal import CEL
internal import JSON
internal import Text
package import YAML

/// Runs the cases that a recommendation proves itself with.
package struct RecommendationTester {
  /// What `now` is in a case that does not say: 2026-01-01T00:00:00Z.
  package static let defaultNow = Instant(secondsSince1970: 1_767_225_600)

  /// One case that did not come out as expected.
  package struct Failure: Sendable {
    /// The recommendation's name, or `definitions of APP`.
    package let recommendation: String
    /// Where the case stands, or the declared difference that is at fault.
    package let mark: Mark
    /// What is wrong: `NAME OF THE CASE: expected compliant, found unknown`.
    package let message: String
    /// Why it came out as it did; nil where the verdict does not say, and for what is no verdict.
    package let reason: Reason?

    /// - Parameter test: The case's name; the message begins with it.
    package init(
      recommendation: String, mark: Mark, message: String, test: String? = nil,
      reason: Reason? = nil
    ) {
      self.recommendation = recommendation
      self.mark = mark
      self.message = test.map { "\($0): \(message)" } ?? message
      self.reason = reason
    }
  }

  /// Runs every case of one recommendation.
  ///
  /// - Returns: The cases that failed; none when all hold.
  package static func run(_ compiled: CompiledRecommendation) -> [Failure] {
    let recommendation = compiled.recommendation
    return recommendation.tests.compactMap { test -> Failure? in
      do throws(Fault) {
        let verdict = try judge(test, of: compiled)
        if verdict.compliance == test.expected {
          // A case gives what the condition reads: evidence that fails then is at fault itself.
          guard let fault = verdict.faults.first, test.expected != .unknown else { return nil }
          return Failure(
            recommendation: recommendation.name, mark: test.mark, message: fault,
            test: test.name)
        }
        return Failure(
          recommendation: recommendation.name, mark: test.mark,
          message:
            "expected \(test.expected.rawValue), found \(verdict.compliance.rawValue)",
          test: test.name, reason: verdict.reason)
      } catch {
        return Failure(
          recommendation: recommendation.name, mark: test.mark, message: error.detail,
          test: test.name)
      }
    }
  }

  /// The verdict over one case's input, whatever is expected; nil when the input can't be read.
  package static func verdict(
    of test: Recommendation.Test, _ compiled: CompiledRecommendation
  ) -> Verdict? {
    try? judge(test, of: compiled)
  }

  private static func judge(
    _ test: Recommendation.Test, of compiled: CompiledRecommendation
  ) throws(Fault) -> Verdict {
    let input = test.input
    let context = try context(of: input, app: compiled.recommendation.app.value)
    let reading = try TestReading(input, for: compiled)
    let evaluator = Evaluator(
      context: context,
      recommendations: [
        compiled.withParameters(input["parameters"]?.object ?? []).judging(TestReading.judged)
      ], exceptions: [:]
    )
    return evaluator.evaluate(reading)[compiled.recommendation.name]
      ?? Verdict(compliance: .unknown, reason: .notAssessed)
  }

  /// The instance that a test is about, and its `now`.
  static func context(
    of input: JSONValue, app: String
  ) throws(Fault) -> InstanceContext {
    var now = defaultNow
    if let text = input["now"] {
      guard let instant = text.string.flatMap(Instant.init) else {
        throw Fault(.malformed, "'now' is not a time such as 2026-01-01T00:00:00Z")
      }
      now = instant
    }
    let instance = input["instance"]
    return InstanceContext(
      name: instance?["name"]?.string ?? "test",
      app: app, labels: strings(instance?["labels"]), parameters: strings(instance?["parameters"]),
      breakGlass: instance?["breakGlass"] ?? [], now: now)
  }

  private static func strings(_ value: JSONValue?) -> [String: String] {
    Dictionary(firstOf: (value?.object ?? []).map { ($0.0, $0.1.string ?? $0.1.compactText) })
  }
}

/// A case's resources as an observation; collections that it does not give are empty.
private struct TestReading: ObservationReading {
  let summary: ObservationSummary
  private let resources: [String: [JSONView]]
  private let parent: JSONView?
  /// The one resource that is judged, apart from the list of its collection, which may hold others.
  static let judged = "resource of the test"

  init(_ input: JSONValue, for compiled: CompiledRecommendation) throws(Fault) {
    var resources: [String: [JSONView]] = [:]
    for (name, list) in input["collections"]?.object ?? [] {
      guard let elements = list.array else {
        throw Fault(.malformed, "collection '\(name)' of the test is not a list")
      }
      resources[name] = try elements.map(Self.view)
    }
    if let collection = compiled.recommendation.collection?.value {
      guard let resource = input["resource"] else {
        throw Fault(.malformed, "the test has no 'resource'")
      }
      let view = try Self.view(resource)
      resources[Self.judged] = [view]
      resources[collection, default: []].insert(view, at: 0)
    }
    parent = try input["parent"].map(Self.view)
    self.resources = resources
    summary = ObservationSummary(
      observedAt: RecommendationTester.defaultNow, digest: "",
      collections: compiled.readCollections.union([Self.judged]).map {
        CollectionSummary(name: $0, state: .complete, count: resources[$0]?.count ?? 0)
      })
  }

  private static func view(_ value: JSONValue) throws(Fault) -> JSONView {
    var parser = JSONParser()
    do throws(JSONError) {
      return try parser.parse(value.bytes())
    } catch {
      throw Fault(.malformed, error.message)
    }
  }

  private static let parentCollection = "parent of the test's resource"

  func parentCollection(of collection: String) -> String? {
    parent == nil || collection != Self.judged ? nil : Self.parentCollection
  }

  func forEachResource(in collection: String, _ body: (ObservedResource) -> Void)
    throws(Fault)
  {
    if collection == Self.parentCollection {
      if let parent {
        body(ObservedResource(id: "parent", parent: nil, view: parent, isTransient: false))
      }
      return
    }
    for view in resources[collection] ?? [] {
      body(
        ObservedResource(
          id: nil, parent: collection == Self.judged && parent != nil ? "parent" : nil, view: view,
          isTransient: false))
    }
  }
}
