internal import ArgumentParser
internal import Observation
internal import Reconciler

/// Whether and how what is stale is observed before a plan is made.
struct RefreshOptions: ParsableArguments {
  @Flag(
    help:
      "Plan with what is stored; without it, instances whose observation is missing or as old as half of maxAge are observed first. --at implies it."
  )
  var noRefresh = false

  @Flag(
    help:
      "Do not end with exit code 1 for instances that were to be observed and could not be; they are told all the same."
  )
  var allowUnobserved = false

  @OptionGroup var connection: ConnectionOptions

  /// How to observe what is stale; nil when nothing is to be observed.
  func refresh(
    _ repository: RepositoryOptions, _ observation: ObservationOptions, _ display: DisplayOptions
  ) throws -> Refresh? {
    // An observation made now says nothing of another time.
    guard !noRefresh, observation.at == nil else { return nil }
    // Without a home there is no place for observations: it is planned with what is recorded.
    guard let store = try observation.storage.place(repository) else { return nil }
    let progress = ObservationProgressLines(isQuiet: display.quiet)
    var options = try connection.observerOptions(store: store, display: display)
    options.progress = { progress.show($0) }
    let credentials = try connection.source(in: repository.location.repository)
    return Refresh(credentials: credentials, options: options) { notice in
      progress.clear()
      RefreshNotes.lines(notice, isQuiet: display.quiet).forEach(Console.note)
    }
  }
}
