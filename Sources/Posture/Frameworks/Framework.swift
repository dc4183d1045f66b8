package import YAML

/// A published list of controls, so that what nothing decides is seen too.
package struct Framework: Sendable {
  package let name: String
  package let title: String
  package let version: String
  package let url: String
  /// Why the list is not the whole of the framework; nil when it is.
  package let gap: String?
  /// In the order of the framework.
  package let controls: [Control]
  package let mark: Mark

  /// Frameworks of which no list is published: their controls can be named, and not be checked.
  package static let unlisted: Set<String> = ["microsoft-secure-score"]

  /// One control.
  package struct Control: Sendable, Hashable {
    package let id: String
    /// What it asks, in a few words of our own.
    package let title: String
    /// What it is made of where recommendations decide parts of it; none when it is one thing.
    package let parts: [String]
    /// Where to look for what no program can read; nil when it can be read.
    package let manual: String?

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

extension Framework {
  package init?(_ envelope: Envelope, diagnostics: Diagnostics) {
    guard let fields = MappingDecoder(envelope.spec, into: diagnostics) else { return nil }
    let title = fields.required("title", as: .text)
    let version = fields.required("version", as: .written)
    let url = fields.required(
      "url", as: .text.checked { $0.hasPrefix("https://") ? nil : "a url begins with https://" })
    let isComplete = fields.optional("complete", as: .bool, default: true)
    let gap = fields.optional("gap", as: .text)
    if isComplete != (gap == nil) {
      fields.error("a list that is not complete says why: 'complete: false' with a 'gap'")
    }
    let controls = fields.required("controls", as: .list(of: Control.decoder))
    fields.finish()
    guard let title, let version, let url, let controls else { return nil }
    var seen: Set<String> = []
    for control in controls where !seen.insert(control.id).inserted {
      diagnostics.error("control '\(control.id)' stands here twice", at: envelope.name.mark)
    }
    self.init(
      name: envelope.name.value, title: title, version: version, url: url, gap: gap,
      controls: controls, mark: envelope.name.mark)
  }
}

extension Framework.Control {
  fileprivate static var decoder: NodeDecoder<Framework.Control> {
    .mapping { fields in
      let id = fields.required("id", as: .written)
      let title = fields.required("title", as: .text)
      guard let id, let title else { return nil }
      return Framework.Control(
        id: id, title: title, parts: fields.optional("parts", as: .list(of: .text), default: []),
        manual: fields.optional("manual", as: .text))
    }
  }
}
