internal import CEL
internal import JSON
internal import YAML

/// Whether a recommendation's verdicts take absence for an answer.
///
/// The trial takes each member of the observation away, sets it to null, empties and mistypes it,
/// one at a time, in every test that comes out as expected. No `compliant` may stay where another
/// value of that path changes the verdict, and no `notCompliant` may become `compliant` or
/// `notApplicable`, unless a collection's `fields` cite what the form means; the cited value must
/// then give the same verdict.
package struct AbsenceTrial: Sendable {
  /// How much was tried.
  package struct Count: Sendable {
    /// Members that were changed, and collections as a whole, counted anew in each test.
    package var paths = 0
    /// Changed inputs that were judged: one for each form of each member.
    package var forms = 0
    /// The citations that a verdict rests on: `APP COLLECTION PATH FORM`.
    package var citations: Set<String> = []

    /// Nothing was tried.
    package init() {}

    /// Adds what another recommendation's trial did; a citation counts once.
    package static func += (left: inout Count, right: Count) {
      left.paths += right.paths
      left.forms += right.forms
      left.citations.formUnion(right.citations)
    }
  }

  /// Each finding once, at the first test that shows it.
  package private(set) var failures: [RecommendationTester.Failure] = []
  /// How much was tried, over all tests of the recommendation.
  package private(set) var count = Count()

  /// Tries every test of the recommendation.
  ///
  /// - Parameter citations: What the app's collections document.
  package init(_ compiled: CompiledRecommendation, citations: Citations) {
    let recommendation = compiled.recommendation
    func collection(of root: TestInput.Root) -> String {
      let judged = recommendation.collection?.value ?? ""
      return switch root {
      case .resource: judged
      case .parent: citations.parents[judged] ?? "parent"
      case .collection(let name): name
      }
    }
    var shown = ShownValues()
    for test in recommendation.tests {
      for (root, value) in TestInput(test.input, for: compiled).roots {
        shown.add(value, at: .init(collection: collection(of: root), path: []))
      }
    }
    let others = OtherValues(
      vocabulary: Vocabulary(recommendation, definitions: compiled.scope.parsed), shown: shown)

    var found: Set<AbsenceFinding.Key> = []
    for test in recommendation.tests {
      guard test.expected == .compliant || test.expected == .notCompliant,
        let context = try? RecommendationTester.context(
          of: test.input, app: recommendation.app.value)
      else { continue }
      let compiled = compiled.withParameters(test.input["parameters"]?.object ?? [])
      let input = TestInput(test.input, for: compiled)
      let bench = VerdictBench(compiled, context: context, input: input)
      // One that does not come out as expected has failed already.
      guard bench.verdict() == test.expected else { continue }
      for (root, value) in input.roots {
        var trial = RootTrial(
          root: root, whole: value, collection: collection(of: root), expected: test.expected,
          others: others, citations: citations, bench: bench)
        trial.run()
        count.paths += trial.paths
        count.forms += trial.forms
        count.citations.formUnion(trial.cited.map { "\(recommendation.app.value) \($0)" })
        for finding in trial.findings where found.insert(finding.key).inserted {
          failures.append(
            RecommendationTester.Failure(
              recommendation: recommendation.name, mark: test.mark, message: finding.message))
        }
      }
    }
  }
}
