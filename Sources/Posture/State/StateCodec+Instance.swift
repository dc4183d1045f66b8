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
    members.add("stale", instance.staleReason.map(encode))
    if !instance.breakGlass.isEmpty {
      members.add("breakGlass", .array(instance.breakGlass.map(encode)))
    }
    members.add("collections", .array(instance.collections.map(encode)))
    members.add("results", .array(instance.results.map(encode)))
    return members.value
  }

  /// - Throws: ``ReadError`` where the value is not what is written for an instance.
  package static func decodeInstance(
    _ value: JSONValue, path: String
  ) throws(ReadError) -> Snapshot.Instance {
    let reader = StateReader(path: path, value: value)
    try reader.check(kind: instanceKind)
    var instance = Snapshot.Instance(
      name: try reader.string("name"), app: try reader.string("app"),
      displayName: try reader.string("displayName"),
      recommendations: try reader.isOn("recommendations"),
      digest: try reader.string("digest"), observedAt: try reader.instant("observedAt"),
      observationDigest: try reader.optionalString("observationDigest"),
      collections: try reader.list("collections").map { reader throws(ReadError) in
        CollectionSummary(
          name: try reader.string("name"),
          state: try reader.choice("state", as: CollectionSummary.State.self),
          count: try reader.count("count"), fault: try reader.collectionFault())
      },
      staleReason: try reader.instanceStaleReason(),
      results: try reader.list("results").map(decodeResult))
    instance.appTitle = try reader.optionalString("appTitle")
    for (name, label) in try reader.members("labels") {
      guard let text = label.value.string else { throw reader.fault("labels", isNot: "texts") }
      instance.labels[name] = text
    }
    instance.judgedAt = try reader.instant("judgedAt")
    instance.breakGlass = try reader.list("breakGlass").map { reader throws(ReadError) in
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
    members.add("code", collection.fault?.code.rawValue)
    members.add("reason", collection.fault?.detail)
    return members.value
  }

  static func encode(_ result: Snapshot.Result) -> JSONValue {
    let verdict = result.verdict
    var members = Members()
    members.add("recommendation", result.name)
    members.add("title", result.title)
    members.add("digest", result.digest)
    members.add("declaration", result.declaration)
    members.add("collection", result.collection)
    members.add("points", result.points)
    members.add("compliance", verdict.compliance.rawValue)
    members.add("status", result.status?.rawValue)
    members.add("exception", result.exception)
    members.add("since", result.since)
    members.add("cause", result.cause?.rawValue)
    members.add("affectedCause", result.affectedCause?.rawValue)
    members.add("reason", verdict.reason.map(encode))
    members.add("counted", verdict.counted)
    members.add("compliantCount", verdict.compliantCount)
    members.add("affectedCount", verdict.affectedCount)
    members.add("tally", encode(verdict.tally))
    let holding = result.decision.holding.sorted { $0.key < $1.key }
    if !holding.isEmpty {
      members.add("holding", .object(holding.map { ($0.key, .string($0.value.rawValue)) }))
    }
    members.add("affected", .array(verdict.affected.map(encode)))
    if !verdict.evidence.isEmpty { members.add("evidence", encode(verdict.evidence)) }
    if !verdict.expected.isEmpty { members.add("expected", encode(verdict.expected)) }
    members.add(
      "settings",
      .array(
        verdict.settings.map { settings in
          var members = Members()
          members.add("id", settings.id)
          members.add("label", settings.label)
          members.add("values", .object(settings.values.map { ($0.name, $0.value) }))
          return members.value
        }))
    if verdict.settingsAreCut { members.add("settingsAreCut", .bool(true)) }
    return members.value
  }

  private static func encode(_ resource: AffectedResource) -> JSONValue {
    var members = Members()
    members.add("id", resource.id)
    members.add("label", resource.label)
    members.add("settings", resource.settings)
    if !resource.exceptions.isEmpty {
      members.add("exceptions", .array(resource.exceptions.sorted().map(JSONValue.string)))
    }
    return members.value
  }

  private static func encode(_ values: [NamedValue]) -> JSONValue {
    .object(values.map { ($0.name, $0.value) })
  }

  static func decodeResult(_ reader: StateReader) throws(ReadError) -> Snapshot.Result {
    var verdict = Verdict(
      compliance: try reader.choice("compliance", as: Compliance.self),
      reason: try reader.reason("reason"), counted: try reader.count("counted"),
      compliantCount: try reader.count("compliantCount"),
      affectedCount: try reader.count("affectedCount"))
    let (tally, holding) = try reader.tally()
    if !tally.cells.isEmpty {
      verdict.tally = tally
      verdict.judge(by: try reader.sum(of: tally, of: verdict))
    }
    verdict.affected = try reader.list("affected").map { reader throws(ReadError) in
      AffectedResource(
        id: try reader.string("id"), label: try reader.string("label"),
        settings: try reader.object("settings")?.value ?? .object([]),
        exceptions: Set(try reader.strings("exceptions")))
    }
    verdict.evidence = try reader.values("evidence")
    verdict.expected = try reader.values("expected")
    verdict.settings = try reader.list("settings").map { reader throws(ReadError) in
      ResourceSettings(
        id: try reader.string("id"), label: try reader.string("label"),
        values: try reader.members("values").map { (name: $0.name, value: $0.reader.value) })
    }
    // Records without the member were cut by number alone.
    verdict.settingsAreCut =
      try reader.optionalBool("settingsAreCut")
      ?? (verdict.settings.count >= Evaluator.Bounds.recorded)
    var decision = Decision(verdict, holding: holding)
    decision.status = try reader.optionalChoice("status", as: Status.self)
    decision.exception = try reader.optionalString("exception")
    var result = Snapshot.Result(
      name: try reader.string("recommendation"), title: try reader.string("title"),
      digest: try reader.string("digest"), declaration: try reader.optionalString("declaration"),
      collection: try reader.optionalString("collection"),
      points: try reader.count("points", upTo: 1_000_000), since: try reader.instant("since"),
      verdict: verdict, decision: decision)
    result.cause = try reader.optionalChoice("cause", as: Change.Cause.self)
    result.affectedCause = try reader.optionalChoice("affectedCause", as: Change.Cause.self)
    return result
  }
}
