internal import Connectors
package import YAML

extension Instance {
  /// One place where an instance's observation comes from.
  package struct Source: Sendable {
    /// How it is read.
    package let way: Way
    /// What conditions read as `instance.parameters` and links fill in as `{name}`.
    package let parameters: [String: String]
    /// What tells it from the instance's other sources, for people and in records: `api`, `recorded`, or the
    /// export format's name; with the path behind it where two would be called alike.
    package fileprivate(set) var name = ""
    /// Seconds after which what it delivered no longer counts.
    package private(set) var maxAge = 0
    /// SHA-256 of the app and of what makes it this source.
    package private(set) var digest = ""
    /// Where it is written; nil for one that is not.
    package fileprivate(set) var mark: Mark?
    /// Where the parameters' values are written, by name.
    package fileprivate(set) var parameterMarks: [String: Mark] = [:]
    /// ``maxAge`` where the source says it itself.
    fileprivate var ownMaxAge: Int?

    /// How a source is read.
    package enum Way: Sendable, Hashable {
      /// Over the app's API; what was read is stored.
      case api
      /// From a folder in the format of stored observations, relative to the repository's root.
      case recorded(path: String)
      /// From another tool's export, relative to the repository's root.
      case export(format: String, path: String)
    }

    /// Where the export format's name is written; nil for another way.
    package fileprivate(set) var formatMark: Mark?

    /// The export format's name; nil for another way.
    package var format: String? {
      if case .export(let format, _) = way { format } else { nil }
    }

    init(_ way: Way, parameters: [String: String] = [:]) {
      self.way = way
      self.parameters = parameters
    }

    /// The path of what lies in the repository; nil for an API.
    package var path: String? {
      switch way {
      case .api: nil
      case .recorded(let path), .export(_, let path): path
      }
    }

    /// Seconds after which an observation no longer counts, when the document says nothing: of an API
    /// two days, so that a nightly job that is late reddens nothing; of what people bring, a week.
    private var defaultMaxAge: Int { way == .api ? 2 * 86_400 : 7 * 86_400 }

    /// Takes what the document says for all its sources.
    mutating func settle(maxAge: Int?) {
      self.maxAge = ownMaxAge ?? maxAge ?? defaultMaxAge
    }

    mutating func makeDigest(app: String) { digest = Digest.sha256(identity(app: app)) }

    /// SHA-256 of an app and of sources in their order.
    static func digest(of sources: [Source], app: String) -> String {
      // Thousands of instances have one, whose digest is made already.
      if sources.count == 1, !sources[0].digest.isEmpty { return sources[0].digest }
      return Digest.sha256(sources.map { $0.identity(app: app) }.joined(separator: "\n\n"))
    }

    /// What makes it another source.
    private func identity(app: String) -> String {
      let parameters = parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      let source: [String] =
        switch way {
        case .api: ["api"]
        case .recorded(let path): ["recorded", path]
        case .export(let format, let path): ["export", format, path]
        }
      return ([app] + source + parameters).joined(separator: "\n")
    }
  }
}

// MARK: Age

extension Instance.Source {
  /// Whether what was observed at a time no longer counts.
  package func isTooOld(observedAt: Instant, now: Instant) -> Bool {
    now.secondsSince1970 - observedAt.secondsSince1970 > maxAge
  }

  /// The time from which something observed is made anew, and its record renewed: half of `maxAge`
  /// later, so that a job that comes once in that time keeps it fresh, and one that is late once does
  /// no harm.
  package func renewal(of observedAt: Instant) -> Instant {
    Instant(secondsSince1970: observedAt.secondsSince1970 + maxAge / 2)
  }

  /// Whether the time has come to observe anew, or to renew the record.
  ///
  /// A job that runs every so often never comes at the same second: what is due within a
  /// forty-eighth of `maxAge` (an hour of two days) is due, or else a job that came a minute early
  /// would leave it until the next time, when it is almost too old.
  package func isDue(observedAt: Instant, now: Instant) -> Bool {
    renewal(of: observedAt).secondsSince1970 < now.secondsSince1970 + max(1, maxAge / 48)
  }
}

// MARK: Decoding

extension NodeDecoder where Value == [Instance.Source] {
  /// One source, or a list of them in the order in which they count.
  static var sources: NodeDecoder<[Instance.Source]> {
    let one = NodeDecoder<Instance.Source>.object(
      Instance.Source.fields, "one of api, recorded, export"
    ) { _ in Instance.Source(.api) }
    let list = NodeDecoder<[Instance.Source]>.nonEmptyList(of: one)
    return NodeDecoder(one.expectation, shape: .either([one.shape, list.shape])) {
      node, diagnostics in
      guard node.kind == .sequence else {
        return one.decode(node, into: diagnostics).map { named([$0]) }
      }
      guard let sources = list.decode(node, into: diagnostics) else { return nil }
      refuseRepeated(sources, diagnostics)
      refuseContradictions(sources, diagnostics)
      return named(sources)
    }
  }

  private static func named(_ sources: [Instance.Source]) -> [Instance.Source] {
    func name(_ source: Instance.Source) -> String {
      switch source.way {
      case .api: "api"
      case .recorded: "recorded"
      case .export(let format, _): format
      }
    }
    let names = sources.count > 1 ? Dictionary(grouping: sources.map(name)) { $0 } : [:]
    return sources.map { source in
      var source = source
      let short = name(source)
      let isAlone = sources.count == 1 || names[short]?.count == 1
      source.name =
        isAlone ? short : [short, source.path].compactMap(\.self).joined(separator: " ")
      return source
    }
  }

  /// What is read once delivers nothing more when it is read again.
  private static func refuseRepeated(_ sources: [Instance.Source], _ diagnostics: Diagnostics) {
    var seen: Set<Instance.Source.Way> = []
    for source in sources where !seen.insert(source.way).inserted {
      let problem =
        switch source.way {
        case .api: "this list has 'api' twice: an instance is read over its app's API once"
        case .recorded(let path), .export(_, let path):
          "this list has '\(path)' twice: one source reads it already"
        }
      source.mark.map { diagnostics.error(problem, at: $0) }
    }
  }

  /// Conditions and links read the parameters of the instance, whatever source says them.
  private static func refuseContradictions(
    _ sources: [Instance.Source], _ diagnostics: Diagnostics
  ) {
    var said: [String: String] = [:]
    for source in sources {
      for (name, value) in source.parameters.sorted(by: { $0.key < $1.key }) {
        guard let first = said[name] else {
          said[name] = value
          continue
        }
        guard first != value, let mark = source.parameterMarks[name] else { continue }
        diagnostics.error(
          "parameter '\(name)' is '\(value)' here and '\(first)' in a source before: sources of one instance are of one tenant",
          at: mark)
      }
    }
  }
}

extension Instance.Source {
  /// What stands below `api`, `recorded` and `export`.
  private struct Place: Sendable {
    var format: Located<String>
    var path: Located<String>
    var parameters: [String: String] = [:]

    static let parameters: Field<Place> = .optional(
      "parameters", \.parameters, .dictionary(of: .string),
      "What the connector, conditions (instance.parameters) and links ({name}) read.",
      .weakens(of: "**"))

    static func path(_ description: String) -> Field<Place> {
      .required("path", \.path, .located(.repositoryPath), description, .weakens)
    }

    static func decoder(
      _ fields: [Field<Place>], _ way: @escaping @Sendable (Place) -> Way
    ) -> NodeDecoder<Instance.Source> {
      NodeDecoder<Place>.object(fields) {
        Place(format: Located("", at: $0), path: Located("", at: $0))
      }.map { place in
        var source = Instance.Source(way(place), parameters: place.parameters)
        source.formatMark = place.format.mark
        return source
      }
    }
  }

  /// Another source is another thing that is looked at: nobody can tell from here that it is as good. What
  /// is read over the API is the tenant itself; of two sources, the one that comes is judged.
  fileprivate static let fields: [Field<Instance.Source>] = [
    .exactlyOne([
      .required(
        "api", \.self, Place.decoder([Place.parameters]) { _ in .api },
        "Read over the app's API.", .coming(.strengthens, going: .neutral, of: "!")),
      .required(
        "recorded", \.self,
        Place.decoder([
          Place.path("The folder, relative to the repository's root."), Place.parameters,
        ]) { .recorded(path: $0.path.value) }, "A stored observation.",
        .coming(.weakens, going: .neutral, of: "!")),
      .required(
        "export", \.self,
        Place.decoder([
          .required(
            "format", \.format, .located(.string), "The export format's name, such as scubagear.",
            .weakens),
          Place.path("The file, relative to the repository's root."), Place.parameters,
        ]) { .export(format: $0.format.value, path: $0.path.value) },
        "Another tool's export.", .coming(.weakens, going: .neutral, of: "!")),
    ]),
    .optional(
      "maxAge", \.ownMaxAge, .seconds,
      "The age from which what this source delivered is stale; the instance's maxAge where it is not said.",
      .sourceMaxAge),
    .check { source, fields in
      source.mark = fields.mark
      _ = fields.node.eachEntry { _, way in
        way["parameters"]?.eachEntry { name, value in
          source.parameterMarks[name.scalar ?? ""] = value.mark
          return true
        } ?? true
      }
    },
  ]
}
