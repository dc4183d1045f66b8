internal import Observation
internal import Posture

extension Assessor {
  /// Judges single recommendations once more, each instance at its own time; of the first side.
  func answers(to questions: [EarlierVerdicts.Question]) async -> EarlierVerdicts {
    guard let side = sides.first else { return EarlierVerdicts() }
    return await withTaskGroup(of: (String, [String: Verdict]?).self) { group in
      var answers: [String: [String: Verdict]] = [:]
      for (index, question) in questions.enumerated() {
        if index >= Self.width, let (name, answer) = await group.next() { answers[name] = answer }
        group.addTask { (question.instance.name, answer(question, side)) }
      }
      for await (name, answer) in group { answers[name] = answer }
      return EarlierVerdicts(answers)
    }
  }

  /// Nil where the observation can no longer be read, or was replaced since.
  private func answer(_ question: EarlierVerdicts.Question, _ side: Side) -> [String: Verdict]? {
    let reading: any ObservationReading
    do throws(Fault) {
      reading = try Readings.open(
        question.instance, in: side.state, files: side.files, stored: stored, clock: .clock,
        now: now)
    } catch {
      return nil
    }
    guard reading.summary.digest == question.observation else { return nil }
    return side.compiled.evaluator(
      for: question.instance, in: side.state, now: question.at, only: question.recommendations
    ).evaluate(reading)
  }
}
