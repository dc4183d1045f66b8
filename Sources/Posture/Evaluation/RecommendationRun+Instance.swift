internal import CEL

/// A recommendation that is about the instance as a whole.
extension RecommendationRun {
  /// Judges the one condition over the instance.
  func judgeInstance() {
    if let filter = compiled.filter {
      switch filter.evaluateCondition(activation) {
      case .success(true): break
      case .success:
        verdict.compliance = .notApplicable
        verdict.reason = .outOfScope
        recordInstance()
        return
      case .failure(let error):
        verdict.reason = .failing(error.message, unread: losses)
        return
      }
    }
    switch compiled.compliant.evaluateCondition(activation) {
    case .success(true):
      verdict.compliance = .compliant
      verdict.counted = 1
      verdict.compliantCount = 1
    case .success:
      verdict.compliance = .notCompliant
      verdict.counted = 1
      blame()
    case .failure(let error):
      verdict.reason = .failing(error.message, unread: losses)
    }
    recordInstance()
  }

  /// Names the objects that make the instance not compliant.
  private func blame() {
    do throws(EvaluationFault) {
      guard let blamed = try compiled.evidence.blamed(activation, room: allowance.listed)
      else { return }
      verdict.affectedCount = blamed.count
      verdict.affected = blamed.listed
    } catch {
      verdict.faults.append("affected: \(error.message)")
      verdict.reason = .affectedUnknown(
        error: error.message.bounded(to: Evaluator.Bounds.reason))
    }
  }

  private func recordInstance() {
    guard !compiled.settings.isEmpty else { return }
    verdict.settings = [ResourceSettings(id: "", label: "", values: settingValues())]
  }
}
