/// Which instances somebody may see who is to see a part only: those that have all of these labels.
///
/// Values of one key are alternatives, keys must all hold, as of `--label`.
package struct InstanceSelection: Sendable, Hashable {
  /// The accepted values by key; none takes every instance.
  package let labels: [String: Set<String>]

  package init(labels: [String: Set<String>]) { self.labels = labels }

  /// Whether an instance is among them, as it stood.
  package func includes(_ instance: Snapshot.Instance) -> Bool {
    labels.allSatisfy { key, values in instance.labels[key].map(values.contains) ?? false }
  }
}

extension Snapshot {
  /// What stands of some instances, as if there were no others: no name, no count and no score tells of them.
  ///
  /// Initiatives are scored over these instances alone, and are left out where they have none of them. What an exception
  /// covers is counted again; what it does to scores was recorded over all instances, and is left out.
  package func narrowed(to selection: InstanceSelection) -> Snapshot {
    var narrowed = self
    let kept = instances.filter(selection.includes)
    let names = Set(kept.map(\.name))
    narrowed.instances = ByName(kept)
    narrowed.initiatives = ByName(
      initiatives.compactMap { initiative in
        var initiative = initiative
        initiative.instances.removeAll { !names.contains($0) }
        return initiative.instances.isEmpty ? nil : initiative
      })
    narrowed.imports = imports.filter { names.contains($0.key) }.mapValues { read in
      var read = read
      read.standings = read.standings.filter { _, standing in
        standing.instance.map(names.contains) ?? true
      }
      return read
    }
    narrowed.exceptions = ByName(
      exceptions.compactMap { exception in
        var exception = exception
        exception.instances.removeAll { !names.contains($0) }
        return exception.instances.isEmpty
          ? nil : exception.counted(on: kept, imports: narrowed.imports)
      })
    narrowed.incomplete.formIntersection(names)
    return narrowed
  }
}

extension Snapshot.Exception {
  /// The same exception, with what it covers counted on some instances alone.
  fileprivate func counted(
    on instances: [Snapshot.Instance], imports: [String: RecordedImport]
  ) -> Self {
    var counted = self
    let results = instances.flatMap { instance in
      instance.results.filter { $0.coveringExceptions.contains(name) }
    }
    counted.results =
      results.count
      + imports.values.reduce(0) { sum, read in
        sum + read.standings.values.count { $0.exception == name }
      }
    counted.resources = results.reduce(0) {
      $0 + $1.covered(by: name, namesResources: terms?.resources != nil)
    }
    counted.effects = []
    if counted.covers == 0, state != .expired { counted.state = .unused }
    return counted
  }
}

extension Snapshot.Result {
  /// The resources that are not compliant and that an exception covers.
  ///
  /// - Parameter namesResources: Whether it is about some resources, and not about the whole recommendation.
  package func covered(by exception: String, namesResources: Bool) -> Int {
    guard namesResources else {
      return self.exception == exception ? decision.affectedCount : 0
    }
    return decision.covered(by: exception, of: verdict.tally)
  }
}
