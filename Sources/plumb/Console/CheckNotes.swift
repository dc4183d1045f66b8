internal import Observation
internal import Reports

/// What is said of an instance's credentials after they were tried.
enum CheckNotes {
  /// - Parameter isVerbose: Whether what is fine, and what nothing needs, is told too.
  static func lines(_ report: CheckReport, isVerbose: Bool) -> [String] {
    if let failure = report.failure {
      return Escaping.terminalLines("\(report.instance): \(failure)")
    }
    let needed = report.collections.filter(\.isNeeded)
    let readable = needed.count { $0.outcome == .readable }
    var lines = [
      "\(report.instance): \(readable) of \(needed.count) collections that are needed can be read"
    ]
    for collection in report.collections where collection.isNeeded || isVerbose {
      let name = collection.isNeeded ? collection.name : "\(collection.name) (not needed)"
      switch collection.outcome {
      case .readable: if isVerbose { lines.append("  \(name): readable") }
      case .untried: if isVerbose { lines.append("  \(name): nothing to try it with") }
      case .denied(let reason), .failed(let reason): lines.append("  \(name): \(reason)")
      }
    }
    lines += report.surplus.map {
      "  warning: the credentials are allowed \($0), which nothing needs"
    }
    return lines.map(Escaping.terminal)
  }
}
