#if Service
internal import JSON

/// What the body of a hook says of branches, and nothing else of it: no address, no author, no commit.
enum HookPayload {
  /// The branches that a push moved; none for what is no push.
  ///
  /// - Throws: `JSONError` where it is no JSON.
  static func branches(_ body: [UInt8], event: String, host: HookDelivery.Host) throws(JSONError)
    -> Set<String>
  {
    let payload = try JSONView(parsing: body)
    switch host {
    case .github, .gitea:
      return event == "push" ? branches([payload["ref"]?.string]) : []
    case .gitlab:
      return payload["object_kind"]?.string == "push" ? branches([payload["ref"]?.string]) : []
    case .bitbucket:
      // The cloud's form, then the data centre's.
      let cloud = payload["push"]?["changes"].map { Array($0.elements) } ?? []
      let names = cloud.flatMap { change in
        [change["new"], change["old"]].compactMap { side in
          side?["type"]?.string == "branch" ? side?["name"]?.string : nil
        }
      }
      let own = payload["changes"].map { Array($0.elements) } ?? []
      return Set(names).union(branches(own.map { $0["ref"]?["id"]?.string }))
    }
  }

  private static func branches(_ references: [String?]) -> Set<String> {
    let head = "refs/heads/"
    return Set(
      references.compactMap { reference in
        guard let reference, reference.hasPrefix(head) else { return nil }
        return String(reference.dropFirst(head.count))
      })
  }
}
#endif
