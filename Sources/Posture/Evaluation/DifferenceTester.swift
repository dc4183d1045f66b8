/// Compares the differences from published verdicts that a recommendation declares with its tests.
package struct DifferenceTester {
  /// What is wrong: differences that no test shows, published verdicts in tests that no difference
  /// explains, and differences from controls that the recommendation does not name.
  package static func run(_ recommendation: Recommendation) -> [RecommendationTester.Failure] {
    let unproven = recommendation.differs.filter { difference in
      !recommendation.tests.contains { test in
        test.published[difference.id].map { difference.covers(published: $0, ours: test.expected) }
          ?? false
      }
    }.map { difference in
      RecommendationTester.Failure(
        recommendation: recommendation.name, mark: difference.mark,
        message:
          "no test shows that \(difference.id) is judged \(difference.direction == .stricter ? "more strictly" : "more leniently") than published: write one with 'published: { \(difference.id): … }'"
      )
    }
    let undeclared = recommendation.tests.flatMap { test in
      test.published.sorted { $0.key < $1.key }.filter { id, published in
        !published.agrees(with: test.expected)
          && !recommendation.differs.contains {
            $0.id == id && $0.covers(published: published, ours: test.expected)
          }
      }.map { id, published in
        RecommendationTester.Failure(
          recommendation: recommendation.name, mark: test.mark,
          message:
            "\(id) is published as \(published.rawValue), and no 'differs' says why it is \(test.expected.rawValue) here"
        )
      }
    }
    let foreign = recommendation.differs.filter { difference in
      !recommendation.controls.contains {
        $0.framework == difference.framework && $0.id == difference.id
      }
    }.map { difference in
      RecommendationTester.Failure(
        recommendation: recommendation.name, mark: difference.mark,
        message: "\(difference.framework) \(difference.id) is none of the recommendation's controls"
      )
    }
    return unproven + undeclared + foreign
  }
}

extension Recommendation.Difference {
  /// Whether the verdicts differ, and in the declared direction.
  package func covers(published: Compliance, ours: Compliance) -> Bool {
    guard !published.agrees(with: ours) else { return false }
    return switch direction {
    case .stricter: published.isMet
    case .lenient: !published.isMet
    }
  }
}

extension Compliance {
  /// Whether nothing is left that a requirement asks for: it is fulfilled, or asks nothing here.
  package var isMet: Bool { self == .compliant || self == .notApplicable }

  /// Whether a published verdict says the same as ours: that nothing is left to do, or that something is.
  package func agrees(with ours: Compliance) -> Bool {
    self == ours || (isMet ? ours.isMet : ours == .notCompliant)
  }
}
