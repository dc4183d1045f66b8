package import Posture

/// Why a verdict is not known, or does not apply.
extension Phrases {
  package static func text(of reason: Reason) -> String {
    switch reason {
    case .incomplete(let collection, let state, let why): gap(collection, state, why)
    case .notObserved(let collection): "collection \(collection) was not observed"
    case .notDelivered(let collection, .export(let app, let title, let format)):
      "collection \(collection): not delivered by the API of \(app), but by a \(title) (source: export, format: \(format))"
    case .notDelivered(let collection, .api(let app, let export)):
      "collection \(collection): not delivered by a \(export), but by the API of \(app) (source: api)"
    case .notAvailable(let collection, let why, let place):
      "\(collection) is not available over any API: \(why); look at it by hand: \(place)"
    case .unjudged(let count, let first):
      (count == 1
        ? "one resource could not be judged: "
        : "\(count) resources could not be judged, the first: ")
        + bounded("\(first.label): \(first.error)\(notRead(first.unread))")
    case .failed(let error, let unread): bounded(error + notRead(unread))
    case .outOfScope: "the recommendation does not apply to this instance"
    case .nothingInScope: "no resource is in scope"
    case .everyResourceExempt: "every resource in scope is exempt"
    case .givenUp(let why): "given up: \(why)"
    case .affectedUnknown(let error): bounded("what is affected is not known: \(error)")
    case .unreadable(let fault): fault.detail
    case .notAssessed: "it was not assessed"
    case .unseen(let why): text(of: why)
    case .sourceUnseen(let collection, let source, let why):
      "collection \(collection) is from source \(source), which is not seen: \(text(of: why))"
    case .unanswered:
      "what is recorded does not answer it: the instance is to be observed again"
    case .notScored(let source): "\(source.vendor) does not score it for this tenant"
    case .neverScored(let source): "\(source.vendor) has published no score yet"
    case .selfAttested(let source):
      "its points are given for what \(source.shortTitle) was told"
    case .text(let text): text
    }
  }

  /// A test that did not come out as expected.
  package static func text(of failure: RecommendationTester.Failure) -> String {
    failure.message + (failure.reason.map { " (\(text(of: $0)))" } ?? "")
  }

  /// That a collection is not complete, and why: `collection users is denied: HTTP 403`.
  private static func gap(
    _ collection: String, _ state: CollectionSummary.State, _ why: String?
  ) -> String {
    "collection \(collection) is \(state.rawValue)" + (why.map { ": \($0)" } ?? "")
  }

  /// What an observer could not read, behind what a condition misses.
  private static func notRead(_ unread: [Unread]) -> String {
    if unread.isEmpty { return "" }
    let items = unread.map { item in
      switch item {
      case .member(let name, let why): "\(name) (\(why ?? "not read"))"
      case .parts(let collection, let why): "\(why) (collection \(collection))"
      case .collection(let name, let state, let why): gap(name, state, why)
      }
    }
    return "; not read: " + items.joined(separator: ", ")
  }

  private static func bounded(_ text: String) -> String {
    text.bounded(to: Evaluator.Bounds.reason)
  }
}

extension Decision {
  /// Why the compliance that counts is unknown or not applicable, in one sentence.
  var reasonText: String? { reason.map(Phrases.text) }
}
