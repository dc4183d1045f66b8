package import JSON

extension StateCodec {
  /// One instance's file.
  package static func encode(_ instance: Snapshot.Instance) -> JSONValue {
    var members = Members()
    members.add("apiVersion", apiVersion)
    members.add("kind", instanceKind)
    members.add("name", instance.name)
    members.add("app", instance.app)
    members.add("appTitle", instance.appTitle)
    members.add("displayName", instance.displayName)
    if !instance.labels.isEmpty {
      members.add(
        "labels",
        .object(instance.labels.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
    }
    members.add("recommendations", instance.recommendations ? "on" : "off")
    members.add("digest", instance.digest)
    members.add("observedAt", instance.observedAt)
    members.add("judgedAt", instance.judgedAt)
    members.add("observationDigest", instance.observationDigest)
    members.add("staleReason", instance.staleReason)
    members.add("failure", instance.failure?.rawValue)
    if !instance.breakGlass.isEmpty {
      members.add("breakGlass", .array(instance.breakGlass.map(encode)))
    }
    members.add("collections", .array(instance.collections.map(encode)))
    members.add("results", .array(instance.results.map(encode)))
    return members.value
  }

  package static func decodeInstance(
    _ value: JSONValue, path: String
  ) throws(Fault) -> Snapshot.Instance {
    let reader = StateReader(path: path, value: value)
    try reader.check(kind: instanceKind)
    var instance = Snapshot.Instance(
      name: try reader.string("name"), app: try reader.string("app"),
      displayName: try reader.string("displayName"),
      recommendations: try reader.isOn("recommendations"),
      digest: try reader.string("digest"), observedAt: try reader.instant("observedAt"),
      observationDigest: try reader.optionalString("observationDigest"),
      collections: try reader.list("collections").map { reader throws(Fault) in
        CollectionSummary(
          name: try reader.string("name"),
          state: try reader.choice("state", as: CollectionSummary.State.self),
          count: try reader.count("count"), reason: try reader.optionalString("reason"))
      },
      staleReason: try reader.optionalString("staleReason"),
      results: try reader.list("results").map(decodeResult))
    instance.appTitle = try reader.optionalString("appTitle")
    for (name, label) in try reader.members("labels") {
      guard let text = label.value.string else { throw reader.fault("labels", isNot: "texts") }
      instance.labels[name] = text
    }
    instance.failure = try reader.optionalChoice("failure", as: ObservationFailure.Code.self)
    instance.judgedAt = try reader.instant("judgedAt")
    instance.breakGlass = try reader.list("breakGlass").map { reader throws(Fault) in
      Instance.BreakGlass(
        id: try reader.string("id"),
        kind: try reader.choice("kind", as: Instance.BreakGlass.Kind.self),
        reason: try reader.string("reason"), owner: try reader.string("owner"))
    }
    return instance
  }

  private static func encode(_ item: Instance.BreakGlass) -> JSONValue {
    var members = Members()
    members.add("id", item.id)
    members.add("kind", item.kind.rawValue)
    members.add("reason", item.reason)
    members.add("owner", item.owner)
    return members.value
  }

  private static func encode(_ collection: CollectionSummary) -> JSONValue {
    var members = Members()
    members.add("name", collection.name)
    members.add("state", collection.state.rawValue)
    members.add("count", collection.count)
    members.add("reason", collection.reason)
    return members.value
  }

  private static func encode(_ result: Snapshot.Result) -> JSONValue {
    let evaluation = result.evaluation
    var members = Members()
    members.add("recommendation", result.name)
    members.add("title", result.title)
    members.add("digest", result.digest)
    members.add("declaration", result.declaration)
    members.add("collection", result.collection)
    members.add("points", result.points)
    members.add("compliance", evaluation.compliance.rawValue)
    members.add("status", result.status?.rawValue)
    members.add("exception", result.exception)
    members.add("since", result.since)
    members.add("cause", result.cause?.rawValue)
    members.add("affectedCause", result.affectedCause?.rawValue)
    members.add("reason", evaluation.reason)
    members.add("counted", evaluation.counted)
    members.add("compliantCount", evaluation.compliantCount)
    members.add("affectedCount", evaluation.affectedCount)
    members.add("exemptCount", evaluation.exemptCount)
    members.add("plannedCount", evaluation.plannedCount)
    if !evaluation.exceptionMatches.isEmpty {
      members.add(
        "exceptionMatches",
        .object(
          evaluation.exceptionMatches.sorted { $0.key < $1.key }
            .map { ($0.key, .int(Int64($0.value))) }))
    }
    if !evaluation.exceptionReach.isEmpty {
      members.add(
        "exceptionReach",
        .object(
          evaluation.exceptionReach.sorted { $0.key < $1.key }.map { ($0.key, encode($0.value)) }))
    }
    members.add(
      "affected",
      .array(
        evaluation.affected.map { resource in
          var members = Members()
          members.add("id", resource.id)
          members.add("label", resource.label)
          members.add("settings", resource.settings)
          return members.value
        }))
    if !evaluation.evidence.isEmpty { members.add("evidence", encode(evaluation.evidence)) }
    if !evaluation.expected.isEmpty { members.add("expected", encode(evaluation.expected)) }
    members.add(
      "settings",
      .array(
        evaluation.settings.map { settings in
          var members = Members()
          members.add("id", settings.id)
          members.add("label", settings.label)
          members.add("values", .object(settings.values.map { ($0.name, $0.value) }))
          return members.value
        }))
    if evaluation.settingsAreCut { members.add("settingsAreCut", .bool(true)) }
    return members.value
  }

  private static func encode(_ values: [NamedValue]) -> JSONValue {
    .object(values.map { ($0.name, $0.value) })
  }

  private static func encode(_ reach: ExceptionReach) -> JSONValue {
    var members = Members()
    members.add("affected", reach.affected)
    members.add("aloneCounted", reach.aloneCounted)
    members.add("aloneCompliant", reach.aloneCompliant)
    members.add("aloneAffected", reach.aloneAffected)
    members.add("alonePlanned", reach.alonePlanned)
    return members.value
  }

  static func decodeResult(_ reader: StateReader) throws(Fault) -> Snapshot.Result {
    var evaluation = Evaluation(
      compliance: try reader.choice("compliance", as: Compliance.self),
      reason: try reader.optionalString("reason"), counted: try reader.count("counted"),
      compliantCount: try reader.count("compliantCount"),
      affectedCount: try reader.count("affectedCount"),
      exemptCount: try reader.count("exemptCount"), plannedCount: try reader.count("plannedCount"))
    for (name, count) in try reader.members("exceptionMatches") {
      evaluation.exceptionMatches[name] = try reader.count(count.value, "exceptionMatches.\(name)")
    }
    for (name, reach) in try reader.members("exceptionReach") {
      evaluation.exceptionReach[name] = ExceptionReach(
        affected: try reach.count("affected"), aloneCounted: try reach.count("aloneCounted"),
        aloneCompliant: try reach.count("aloneCompliant"),
        aloneAffected: try reach.count("aloneAffected"),
        alonePlanned: try reach.count("alonePlanned"))
    }
    evaluation.affected = try reader.list("affected").map { reader throws(Fault) in
      AffectedResource(
        id: try reader.string("id"), label: try reader.string("label"),
        settings: try reader.object("settings")?.value ?? .object([]))
    }
    evaluation.evidence = try reader.values("evidence")
    evaluation.expected = try reader.values("expected")
    evaluation.settings = try reader.list("settings").map { reader throws(Fault) in
      ResourceSettings(
        id: try reader.string("id"), label: try reader.string("label"),
        values: try reader.members("values").map { (name: $0.name, value: $0.reader.value) })
    }
    // Records without the member were cut by number alone.
    evaluation.settingsAreCut =
      try reader.optionalBool("settingsAreCut")
      ?? (evaluation.settings.count >= Evaluation.Bounds.recorded)
    var result = Snapshot.Result(
      name: try reader.string("recommendation"), title: try reader.string("title"),
      digest: try reader.string("digest"), declaration: try reader.optionalString("declaration"),
      collection: try reader.optionalString("collection"),
      points: try reader.count("points", upTo: 1_000_000),
      status: try reader.optionalChoice("status", as: Status.self),
      exception: try reader.optionalString("exception"), since: try reader.instant("since"),
      evaluation: evaluation)
    result.cause = try reader.optionalChoice("cause", as: Change.Cause.self)
    result.affectedCause = try reader.optionalChoice("affectedCause", as: Change.Cause.self)
    return result
  }
}
