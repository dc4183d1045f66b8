package import YAML

/// A published list of controls, so that what nothing decides is seen too.
package struct Framework: Sendable {
  /// The document's name, which controls refer to: `okta-stig`.
  package let name: String
  /// The framework's own name, for people.
  package private(set) var title: String
  /// The publisher's version: `V1R1`.
  package private(set) var version: String
  /// The publisher's page.
  package private(set) var url: String
  private var isComplete = true
  /// Why the list is not the whole of the framework; nil when it is.
  package private(set) var gap: String?
  /// In the order of the framework.
  package private(set) var controls: [Control]
  /// Where the document's name stands.
  package let mark: Mark

  /// Frameworks of which no list is published: their controls can be named, and not be checked.
  package static let unlisted: Set<String> = ["microsoft-secure-score"]

  /// One control.
  package struct Control: Sendable, Hashable {
    /// As the framework writes it: `OKTA-APP-000020`.
    package private(set) var id: String
    /// What it asks, in a few words of our own.
    package private(set) var title: String
    /// What it is made of where recommendations decide parts of it; none when it is one thing.
    package private(set) var parts: [String]
    /// Where to look for what no program can read; nil when it can be read.
    package private(set) var manual: String?

    package init(id: String, title: String, parts: [String] = [], manual: String? = nil) {
      self.id = id
      self.title = title
      self.parts = parts
      self.manual = manual
    }
  }

  package init(
    name: String, title: String, version: String, url: String, gap: String? = nil,
    controls: [Control], mark: Mark
  ) {
    self.name = name
    self.title = title
    self.version = version
    self.url = url
    self.gap = gap
    self.controls = controls
    self.mark = mark
  }
}

extension Framework: Kind {
  package static let summary = "A published framework, control by control."

  package static let example = """
    title: Okta IDaaS STIG
    version: V1R1
    url: https://public.cyber.mil/stigs/
    controls:
      - { id: OKTA-APP-000020, title: A session that is idle for 15 minutes ends }
    """

  package static let fields: [Field<Framework>] = [
    .required("title", \.title, .text, "Its name for people."),
    .required("version", \.version, .written, "Which edition of it."),
    .required("url", \.url, .https("a url"), "Where it is published."),
    .optional(
      "complete", \.isComplete, .bool, "Whether every control stands here; true by default."),
    .optional("gap", \.gap, .text, "Why the list is not complete."),
    .check { framework, fields in
      if framework.isComplete != (framework.gap == nil) {
        fields.error("a list that is not complete says why: 'complete: false' with a 'gap'")
      }
    },
    .required("controls", \.controls, .list(of: .object), "In the order of the framework."),
    .check { framework, fields in
      var seen: Set<String> = []
      for control in framework.controls where !seen.insert(control.id).inserted {
        fields.diagnostics.error(
          "control '\(control.id)' stands here twice", at: framework.mark)
      }
    },
  ]

  package init(_ envelope: Envelope) {
    self.init(
      name: envelope.name.value, title: "", version: "", url: "", controls: [],
      mark: envelope.name.mark)
  }
}

extension Framework.Control: Described {
  package init(at node: Node) { self.init(id: "", title: "") }

  package static let fields: [Field<Self>] = [
    .required("id", \.id, .written, "The control's identifier."),
    .required("title", \.title, .text, "What it asks, in a few words of one's own."),
    .optional(
      "parts", \.parts, .list(of: .text), "What it is made of, where parts are decided singly."),
    .optional("manual", \.manual, .text, "Where to look for what no program can read."),
  ]
}
