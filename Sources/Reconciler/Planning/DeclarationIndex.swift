internal import Posture

/// Tells what the repository says of initiatives and recommendations from what the catalog says:
/// who changed something that both could have changed.
struct DeclarationIndex {
  private let ownInitiatives: Set<String>
  private let declared: Set<String>

  init(_ desired: DesiredState, recorded: RecordedState) {
    ownInitiatives = Set(desired.initiatives.filter { $0.origin == .desiredState }.map(\.name))
    var declared = desired.disabled.union(recorded.disabled)
    for recommendation in desired.recommendations where recommendation.origin == .desiredState {
      declared.insert(recommendation.name)
    }
    for instance in recorded.instances.values {
      for result in instance.results where result.declaration != nil {
        declared.insert(result.recommendation)
      }
    }
    self.declared = declared
  }

  /// Why the metrics of an initiative are others, by the recommendations that joined or left one.
  func cause(of initiative: String, recommendations: Set<String> = []) -> Change.Cause {
    ownInitiatives.contains(initiative) || !declared.isDisjoint(with: recommendations)
      ? .desiredState : .catalog
  }
}
