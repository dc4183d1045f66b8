import JSON
import Testing
import Text

@testable import Posture
@testable import Reports

/// Every sentence of a change, pinned.
@Suite("Phrases")
struct PhrasesTests {
  private static let result = Change.Subject.result(instance: "eu", recommendation: "mfa")
  private static let person = Instance.BreakGlass(
    id: "ada", kind: .user, reason: "Fire.", owner: "it@contoso.example")
  private static let group = Instance.BreakGlass(
    id: "ada", kind: .group, reason: "Fire.", owner: "soc@contoso.example")
  private static let goal = Change.Subject.initiative("ours", metric: nil)

  static let rows: [(Change.What, Change.Subject, Change.Kind, String)] = [
    (
      .suspect(.worse(12, of: 30)), .instance("eu"), .suspect,
      "12 of 30 recommendations would get worse at once; the recorded results stand (--force takes the observation)"
    ),
    (
      .verdict(from: .compliant, to: .notCompliant, basis: .affected(2, of: 3)), result,
      .regressed, "2 of 3 affected"
    ),
    (
      .verdict(from: nil, to: .notCompliant, basis: .affected(5, of: nil)), result, .new,
      "5 affected"
    ),
    (
      .verdict(from: .unknown, to: .compliant, basis: .compliant(3, of: 3)), result, .resolved,
      "3 of 3 compliant"
    ),
    (
      .verdict(from: .notCompliant, to: .notApplicable, basis: .title("Require it")), result,
      .resolved, "Require it"
    ),
    (
      .verdict(
        from: .compliant, to: .unknown, basis: .reason(.unreadable(Fault(.malformed, "not read")))),
      result,
      .complianceChanged, "not read"
    ),
    (
      .verdict(from: .compliant, to: nil, basis: .none), result, .removed,
      "the recommendation is no longer in force"
    ),
    (
      .status(from: .toAddress, to: .planned, because: .exception("e")), result, .statusChanged,
      "exception e"
    ),
    (
      .status(from: .planned, to: .toAddress, because: .ended(exception: "e")), result,
      .statusChanged, "exception e no longer holds"
    ),
    (
      .status(from: nil, to: .toAddress, because: .uncovered), result, .statusChanged,
      "nothing covers it"
    ),
    (.affected(isJoining: true, settings: nil), result, .affectedAdded, "now affected"),
    (.affected(isJoining: false, settings: nil), result, .affectedRemoved, "no longer affected"),
    (.affectedCount(from: 2, to: 3), result, .affectedAdded, "2 → 3 affected resources"),
    (.affectedCount(from: 3, to: 2), result, .affectedRemoved, "3 → 2 affected resources"),
    (.drift(from: 14, to: ["a"]), result, .drift, #"14 → ["a"]"#),
    (
      .resource(isJoining: true, settings: [:], collection: "users"), result, .resourceAdded,
      "new in users"
    ),
    (
      .resource(isJoining: false, settings: [:], collection: "users"), result, .resourceRemoved,
      "no longer in scope in users"
    ),
    (
      .instanceAdded(appTitle: "Okta", isOn: true), .instance("eu"), .instanceAdded,
      "Okta, recommendations on"
    ),
    (
      .instanceRemoved(app: "okta"), .instance("eu"), .instanceRemoved,
      "the instance is no longer declared"
    ),
    (
      .recommendations(areOn: true), .instance("eu"), .recommendationsOn,
      "the instance is assessed from now on"
    ),
    (
      .recommendations(areOn: false), .instance("eu"), .recommendationsOff,
      "the instance is no longer assessed and counts in no score"
    ),
    (.source, .instance("eu"), .instanceChanged, "it reads another source"),
    (
      .breakGlass(from: nil, to: person), .breakGlass("ada", instance: "eu"), .breakGlassAdded,
      "user, it@contoso.example: Fire."
    ),
    (
      .breakGlass(from: person, to: nil), .breakGlass("ada", instance: "eu"), .breakGlassRemoved,
      "no longer declared (user, it@contoso.example: Fire.)"
    ),
    (
      .breakGlass(from: person, to: group), .breakGlass("ada", instance: "eu"),
      .breakGlassChanged, "kind user → group; owner it@contoso.example → soc@contoso.example"
    ),
    (.tracked(target: 80), goal, .initiativeTracked, "tracked with target 80"),
    (.tracked(target: nil), goal, .initiativeTracked, "declared, and not tracked"),
    (.untracked, goal, .initiativeUntracked, "no longer tracked"),
    (.target(from: 70, to: 80), goal, .targetChanged, "target 70 → 80"),
    (.weight(from: .low, to: .high), goal, .weightChanged, "weight low → high"),
    (.metric(isNew: true), goal, .initiativeChanged, "the metric is new"),
    (.metric(isNew: false), goal, .initiativeChanged, "the metric is gone"),
    (
      .counted(from: 1, to: 2), goal, .initiativeChanged, "the metric counts other recommendations"
    ),
    (
      .covered(from: [], to: ["eu"]), goal, .initiativeChanged, "covers eu from now on"
    ),
    (
      .covered(from: ["us", "eu"], to: ["eu", "a", "b", "c", "d", "e", "f"]), goal,
      .initiativeChanged, "covers a, b, c, d, e and 1 more from now on, and us no more"
    ),
    (
      .imported(from: nil, to: .init(status: nil, points: nil), exception: nil), result,
      .importedAdded, "Microsoft added it: not scored"
    ),
    (
      .imported(
        from: .init(status: nil, points: "0 of 10"), to: .init(status: nil, points: "10 of 10"),
        exception: nil), result, .importedChanged, "0 of 10 → 10 of 10 points"
    ),
    (
      .imported(
        from: .init(status: nil, points: "0 of 10"), to: .init(status: nil, points: "0 of 10"),
        exception: "e"), result, .importedChanged, "0 of 10 points, exception e"
    ),
    (
      .imported(from: .init(status: nil, points: nil), to: nil, exception: nil), result,
      .importedRemoved, "Microsoft no longer lists it"
    ),
    (
      .score(from: Fraction(50), to: Fraction(250, over: 7), causes: [.drift, .time]), goal,
      .scoreChanged, "50.0 → 35.7: the tenant changed; time passed"
    ),
    (.score(from: Fraction(50), to: Fraction(60), causes: []), goal, .scoreChanged, "50.0 → 60.0"),
    (
      .stale(.notObserved(Fault(.refusedCredentials, "no"))), .instance("eu"), .observationStale,
      "refused: no"
    ),
    (
      .restored(isNewer: true), .instance("eu"), .observationRestored,
      "the instance is observed again"
    ),
    (
      .restored(isNewer: false), .instance("eu"), .observationRestored,
      "what was observed of the instance counts again"
    ),
    (
      .collection(from: .denied, to: .complete, fault: nil),
      .collection("users", instance: "eu"), .collectionRestored, "the collection is read again"
    ),
    (
      .collection(from: nil, to: .denied, fault: Fault(.denied, "403")),
      .collection("users", instance: "eu"),
      .collectionIncomplete, "403"
    ),
    (
      .collection(from: nil, to: .failed, fault: nil), .collection("users", instance: "eu"),
      .collectionIncomplete, "no reason was given"
    ),
    (
      .sourceStale("api", .notObserved(Fault(.refusedCredentials, "no"))), .instance("eu"),
      .observationStale, "source api: refused: no"
    ),
    (
      .sourceRestored("api"), .instance("eu"), .observationRestored, "source api is seen again"
    ),
    (
      .taken(from: "api", to: "scubagear", collections: ["users"]), .instance("eu"), .sourceChanged,
      "1 collection now from scubagear, not api: users"
    ),
    (
      .taken(from: "api", to: "scubagear", collections: ["a", "b", "c", "d", "e", "f", "g"]),
      .instance("eu"), .sourceChanged,
      "7 collections now from scubagear, not api: a, b, c, d, e and 2 more"
    ),
    (
      .data(from: nil, to: Instant(secondsSince1970: 0), lost: []), .instance("eu"), .dataChanged,
      "its data in the repository can be read now"
    ),
    (
      .data(from: Instant(secondsSince1970: 0), to: nil, lost: []), .instance("eu"), .dataChanged,
      "its data in the repository can no longer be read"
    ),
    (
      .data(
        from: Instant(secondsSince1970: 0), to: Instant(secondsSince1970: 60), lost: ["users"]),
      .instance("eu"), .dataChanged,
      "its data in the repository: observed 1970-01-01T00:00:00Z → 1970-01-01T00:01:00Z; no longer complete: users"
    ),
  ]

  /// Every code has a row.
  static let reasons: [(Reason, String)] = [
    (
      .incomplete(collection: "users", .denied, why: "HTTP 403"),
      "collection users is denied: HTTP 403"
    ),
    (.incomplete(collection: "users", .failed, why: nil), "collection users is failed"),
    (.notObserved(collection: "users"), "collection users was not observed"),
    (
      .notDelivered(
        collection: "users", .export(app: "Microsoft 365", title: "ScubaGear report", format: "s")),
      "collection users: not delivered by the API of Microsoft 365, but by a ScubaGear report (source: export, format: s)"
    ),
    (
      .notDelivered(collection: "users", .api(app: "Microsoft 365", export: "ScubaGear report")),
      "collection users: not delivered by a ScubaGear report, but by the API of Microsoft 365 (source: api)"
    ),
    (
      .notAvailable(collection: "rules", why: "Okta has none", place: "Admin > Security"),
      "rules is not available over any API: Okta has none; look at it by hand: Admin > Security"
    ),
    (
      .unjudged(count: 1, first: Unjudged(label: "Ada", error: "no such key: 'a'")),
      "one resource could not be judged: Ada: no such key: 'a'"
    ),
    (
      .unjudged(
        count: 3,
        first: Unjudged(
          label: "Ada", error: "no such key: 'a'",
          unread: [
            .member("a", why: "HTTP 403"), .member("b", why: nil),
            .parts(of: "groups", why: "2 were skipped"),
            .collection("rules", .partial, why: "page 3 failed"),
          ])),
      "3 resources could not be judged, the first: Ada: no such key: 'a'; not read: a (HTTP 403), b (not read), 2 were skipped (collection groups), collection rules is partial: page 3 failed"
    ),
    (
      .failed(error: "no such key: 'a'", unread: [.member("a", why: "HTTP 403")]),
      "no such key: 'a'; not read: a (HTTP 403)"
    ),
    (.outOfScope, "the recommendation does not apply to this instance"),
    (.nothingInScope, "no resource is in scope"),
    (.everyResourceExempt, "every resource in scope is exempt"),
    (.givenUp("it takes more than 5 steps"), "given up: it takes more than 5 steps"),
    (
      .affectedUnknown(error: "no such key: 'a'"), "what is affected is not known: no such key: 'a'"
    ),
    (.unreadable(Fault(.malformed, "users.ndjson is cut")), "users.ndjson is cut"),
    (.notScored(.secureScore), "Microsoft does not score it for this tenant"),
    (.neverScored(.secureScore), "Microsoft has published no score yet"),
    (.selfAttested(.secureScore), "its points are given for what Secure Score was told"),
    (.notAssessed, "it was not assessed"),
    (.unseen(.notSought), "the instance has not been observed"),
    (
      .sourceUnseen(collection: "users", source: "api", .notObserved(Fault(.unreachable, "no"))),
      "collection users is from source api, which is not seen: unreachable: no"
    ),
    (
      .unanswered, "what is recorded does not answer it: the instance is to be observed again"
    ),
    (.text("an older sentence"), "an older sentence"),
  ]

  @Test("say why a verdict is not known, or does not apply", arguments: reasons)
  func reason(reason: Reason, sentence: String) {
    #expect(Phrases.text(of: reason) == sentence)
  }

  @Test("have a row for every code of a reason")
  func reasonCodes() {
    #expect(Set(Self.reasons.map(\.0.code)) == Set(Reason.Code.allCases))
  }

  @Test("say a change in one sentence, and its kind follows from its values", arguments: rows)
  func change(what: Change.What, subject: Change.Subject, kind: Change.Kind, sentence: String) {
    let change = Change(what, of: subject, cause: .drift)
    #expect(Phrases.reason(of: change) == sentence)
    #expect(change.type == kind)
  }

  private static let day = CalendarDate("2026-06-15")
  private static let terms = Snapshot.Exception.Terms(
    status: .planned, owner: "it@contoso.example", justification: "Soon.")

  static let exceptions: [(Change.ExceptionChange.What, Change.Kind, String)] = [
    (.added(terms, covers: nil), .exceptionAdded, "planned, it@contoso.example: Soon."),
    (
      .added(terms, covers: .init(results: 2)), .exceptionAdded,
      "planned, it@contoso.example: Soon. (covers 2 results)"
    ),
    (
      .added(nil, covers: nil), .exceptionAdded, "its desired state is not in this repository"
    ),
    (.changed(nil), .exceptionChanged, "the declaration changed"),
    (
      .changed([
        .init(name: "ticket", from: nil, to: "A-1"), .init(name: "owner", from: "a", to: "b"),
      ]),
      .exceptionChanged, "ticket none → A-1; owner a → b"
    ),
    (.removed(nil, covered: nil), .exceptionRemoved, "the exception is no longer declared"),
    (
      .removed(terms, covered: nil), .exceptionRemoved,
      "the exception is no longer declared: planned, it@contoso.example"
    ),
    (
      .removed(nil, covered: .init(results: 1)), .exceptionRemoved,
      "the exception is no longer declared; it covered 1 result"
    ),
    (
      .expired(day), .exceptionExpired,
      "it held until 2026-06-15; renew it or fix what it covered"
    ),
    (.expiringSoon(day), .exceptionExpiringSoon, "it holds until 2026-06-15"),
    (.unused(isNew: true), .exceptionUnused, "it covers nothing: delete it"),
    (.unused(isNew: false), .exceptionUnused, "it covers nothing any more: delete it"),
  ]

  @Test("say what became of an exception", arguments: exceptions)
  func exception(what: Change.ExceptionChange.What, kind: Change.Kind, sentence: String) {
    let change = Change(
      .exception(.init(what, from: nil, to: .active)), of: .exception("e"), cause: .desiredState)
    #expect(Phrases.reason(of: change) == sentence)
    #expect(change.type == kind)
    #expect(Phrases.subject(of: change) == "exception e")
  }
}
