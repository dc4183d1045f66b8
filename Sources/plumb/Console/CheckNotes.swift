internal import Observation
internal import Posture
internal import Reports

/// What is said of an instance's credentials after they were tried.
enum CheckNotes {
  /// - Parameter isVerbose: Whether what is fine, and what nothing needs, is told too.
  static func lines(_ report: CheckReport, isVerbose: Bool) -> [String] {
    if let failure = report.failure {
      return Escaping.terminalLines("\(report.instance): \(failure.detail)")
    }
    let needed = report.collections.filter(\.isNeeded)
    let readable = needed.count { $0.outcome == .readable }
    var lines = [
      "\(report.instance): \(readable) of \(needed.count) collections that are needed can be read"
    ]
    for (cause, names) in causes(of: report.collections.filter { $0.isNeeded || isVerbose }) {
      guard isVerbose || cause.isTold else { continue }
      lines.append("  \(names.joined(separator: ", ")): \(cause.reason)")
    }
    lines += [report.elsewhere].compactMap(\.self).map {
      "  warning: the vendor says that the account is at \($0): the instance names another host"
    }
    lines += [report.unplaced].compactMap(\.self).map { "  warning: \($0.detail)" }
    if report.isForgetful {
      lines.append(
        "  warning: the vendor gave another refresh token, which nothing keeps: where the one before ends, access ends; --token-store FILE keeps it"
      )
    }
    lines += report.surplus.map {
      "  warning: the credentials are allowed \($0), which nothing needs"
    }
    return lines.map(Escaping.terminal)
  }

  /// What came of collections, each cause once with all that it concerns, in the order of the first.
  private static func causes(
    of collections: [CheckReport.Collection]
  ) -> [(cause: Cause, names: [String])] {
    var result: [(cause: Cause, names: [String])] = []
    for collection in collections {
      let cause =
        switch collection.outcome {
        case .readable: Cause(reason: "readable", isTold: false)
        case .untried: Cause(reason: "nothing to try it with", isTold: true)
        case .unreadable(let fault): Cause(reason: fault.detail, isTold: true)
        }
      let name = collection.isNeeded ? collection.name : "\(collection.name) (not needed)"
      if let index = result.firstIndex(where: { $0.cause == cause }) {
        result[index].names.append(name)
      } else {
        result.append((cause, [name]))
      }
    }
    return result
  }

  private struct Cause: Equatable {
    let reason: String
    /// Whether it is told without being asked for.
    let isTold: Bool
  }
}
