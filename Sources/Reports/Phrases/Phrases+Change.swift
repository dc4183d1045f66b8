internal import JSON
package import Posture
internal import Text

/// The sentences of plans, comparisons and gates: values in, English out. Nothing reads them again.
package enum Phrases {
  /// What a change of a declaration is about: `initiative saas-security, metric guest-access`.
  package static func subject(of change: Change) -> String {
    switch change.subject {
    case .exception(let name): "exception \(name)"
    case .initiative(let name, let metric):
      "initiative \(name)" + (metric.map { ", metric \($0)" } ?? "")
    case .instance(let name), .collection(_, let name), .breakGlass(_, let name),
      .result(let name, _), .resource(_, let name, _), .setting(_, _, let name, _):
      "instance \(name)"
    case .recommendation(let name): "recommendation \(name)"
    case .document(let name): name
    case .settings: "settings" + (change.setting.map { ", \($0)" } ?? "")
    }
  }

  /// What differs, as one sentence without its subject.
  package static func reason(of change: Change) -> String {
    switch change.what {
    case .suspect(let suspicion):
      "\(text(of: suspicion)); the recorded results stand (--force takes the observation)"
    case .verdict(_, _, let basis): text(of: basis)
    case .status(_, _, let decision): text(of: decision)
    case .affected(let isJoining, _): isJoining ? "now affected" : "no longer affected"
    case .affectedCount(let from, let to): "\(from) → \(to) affected resources"
    case .drift(let from, let to): "\(from.compactText) → \(to.compactText)"
    case .resource(let isJoining, _, let collection):
      isJoining ? "new in \(collection)" : "no longer in scope in \(collection)"
    case .instanceAdded(let title, let isOn): "\(title), recommendations \(isOn ? "on" : "off")"
    case .instanceRemoved: "the instance is no longer declared"
    case .recommendations(let areOn):
      areOn
        ? "the instance is assessed from now on"
        : "the instance is no longer assessed and counts in no score"
    case .source: "it reads another source"
    case .breakGlass(let from, let to): breakGlass(from: from, to: to)
    case .tracked(let target):
      target.map { "tracked with target \($0)" } ?? "declared, and not tracked"
    case .untracked: "no longer tracked"
    case .target(let from, let to): "target \(from) → \(to)"
    case .weight(let from, let to): "weight \(from.rawValue) → \(to.rawValue)"
    case .metric(let isNew): isNew ? "the metric is new" : "the metric is gone"
    case .counted: "the metric counts other recommendations"
    case .covered(let from, let to): covered(from: from, to: to)
    case .exception(let change): text(of: change.what)
    case .declared(let difference): text(of: difference)
    case .data(let from, let to, let lost): data(from: from, to: to, lost: lost)
    case .imported(let from, let to, let exception):
      imported(from: from, to: to, exception: exception)
    case .score(let from, let to, let causes): score(from: from, to: to, causes: causes)
    case .stale(let reason): text(of: reason)
    case .restored(let isNewer):
      isNewer
        ? "the instance is observed again" : "what was observed of the instance counts again"
    case .sourceStale(let source, let reason): "source \(source): \(text(of: reason))"
    case .sourceRestored(let source): "source \(source) is seen again"
    case .taken(let from, let to, let collections):
      "\(Words.count(collections.count, "collection")) now from \(to), not \(from): \(collections.listed(atMost: 5))"
    case .collection(_, .complete, _): "the collection is read again"
    case .collection(_, _, let fault): fault?.detail ?? "no reason was given"
    }
  }

  /// `covers okta-us too, and github-eu no more`
  private static func covered(from: [String], to: [String]) -> String {
    let joined = to.filter { !from.contains($0) }
    let left = from.filter { !to.contains($0) }
    let parts = [
      joined.isEmpty ? nil : "\(joined.listed(atMost: 5)) from now on",
      left.isEmpty ? nil : "\(left.listed(atMost: 5)) no more",
    ].compactMap(\.self)
    return parts.isEmpty
      ? "covers its instances in another order" : "covers \(parts.joined(separator: ", and "))"
  }

  private static func text(of basis: Change.Basis) -> String {
    switch basis {
    case .reason(let reason): text(of: reason)
    case .affected(let count, let total?): "\(count) of \(total) affected"
    case .affected(let count, nil): "\(count) affected"
    case .compliant(let count, let total): "\(count) of \(total) compliant"
    case .title(let title): title
    case .none: "the recommendation is no longer in force"
    }
  }

  private static func text(of decision: Change.Decision) -> String {
    switch decision {
    case .exception(let name): "exception \(name)"
    case .ended(let name): "exception \(name) no longer holds"
    case .uncovered: "nothing covers it"
    }
  }

  private static func breakGlass(from: Instance.BreakGlass?, to: Instance.BreakGlass?) -> String {
    func words(_ item: Instance.BreakGlass) -> String {
      "\(item.kind.rawValue), \(item.owner): \(item.reason)"
    }
    switch (from, to) {
    case (nil, nil): return ""
    case (nil, let item?): return words(item)
    case (let item?, nil): return "no longer declared (\(words(item)))"
    case (let old?, let new?):
      let fields = [
        ("kind", old.kind.rawValue, new.kind.rawValue), ("owner", old.owner, new.owner),
        ("reason", old.reason, new.reason),
      ]
      return fields.filter { $0.1 != $0.2 }.map { "\($0.0) \($0.1) → \($0.2)" }
        .joined(separator: "; ")
    }
  }

  private static func imported(
    from: Change.Imported?, to: Change.Imported?, exception: String?
  ) -> String {
    guard let to else { return "Microsoft no longer lists it" }
    guard let from else {
      return "Microsoft added it: \(to.points.map { "\($0) points" } ?? "not scored")"
    }
    let now = to.points ?? "not scored"
    let before = from.points ?? "not scored"
    let movement = before == now ? "\(now) points" : "\(before) → \(now) points"
    return exception.map { "\(movement), exception \($0)" } ?? movement
  }

  private static func score(
    from: Fraction, to: Fraction, causes: [Change.Cause]
  ) -> String {
    let because = causes.isEmpty ? "" : ": " + causes.map(\.phrase).joined(separator: "; ")
    return "\(from.oneDecimal) → \(to.oneDecimal)\(because)"
  }
}
