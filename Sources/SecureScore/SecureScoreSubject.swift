package import Posture
internal import YAML

/// Which app a control of Microsoft Secure Score speaks of.
///
/// Most services are parts of Microsoft 365 itself. What Defender for Cloud Apps recommends for the
/// apps that are connected to it has services of its own, such as `MDA_Okta`.
package enum SecureScoreService {
  /// The app, as Plumb names it; nil for a connected app that it has no name for.
  ///
  /// - Parameter own: The app whose Secure Score it is.
  package static func app(_ service: String, own: String) -> String? {
    let name = service.lowercased()
    if name.hasPrefix(connected) { return apps[String(name.dropFirst(connected.count))] }
    return apps[name] ?? own
  }

  private static let connected = "mda_"

  private static let apps = [
    "atlassian": "atlassian", "citrixsf": "citrix-sharefile", "docusign": "docusign",
    "dropbox": "dropbox", "github": "github", "google": "google-workspace",
    "google workspace": "google-workspace", "netdocuments": "netdocuments", "okta": "okta",
    "salesforce": "salesforce", "servicenow": "servicenow", "sf": "salesforce",
    "snow": "servicenow", "workplace": "workplace", "zendesk": "zendesk", "zoom": "zoom",
  ]
}

/// Which declared instance a control speaks of.
package struct SecureScoreSubject {
  /// The label of an instance that names Defender's number of its connection: what nothing else of a
  /// control may tell.
  package static let label = "secure-score-connection"

  private let desired: DesiredState
  private let owner: Instance
  /// Of each app, the numbers of its connections.
  private let connections: [String: Set<String>]

  /// - Parameter owner: The instance whose Secure Score it is.
  package init(_ desired: DesiredState, owner: Instance, controls: [ImportedControl]) {
    self.desired = desired
    self.owner = owner
    var connections: [String: Set<String>] = [:]
    for control in controls {
      guard let app = SecureScoreService.app(control.service, own: owner.app.value) else {
        continue
      }
      connections[app, default: []].insert(control.connection ?? "")
    }
    self.connections = connections
  }

  /// The app and, where it can be told, the instance.
  ///
  /// An instance's label ``label`` tells it; else the control's title or identifier, when it holds
  /// the name or a parameter of one instance of the app alone; else there is but one instance of the
  /// app, and one connection.
  package func find(_ control: ImportedControl) -> (app: String?, instance: String?) {
    guard let app = SecureScoreService.app(control.service, own: owner.app.value) else {
      return (nil, nil)
    }
    if app == owner.app.value { return (app, owner.name) }
    let all = desired.instances.filter { $0.app.value == app }
    let labels = Set(all.compactMap { $0.labels[Self.label] })
    let labelled = all.filter { $0.labels[Self.label] == control.connection ?? "" }
    if labelled.count == 1 { return (app, labelled[0].name) }
    // The others are told apart by their labels already.
    let candidates = all.filter { $0.labels[Self.label] == nil }
    let text = " " + Self.words(control.title + " " + control.id) + " "
    let named = candidates.filter { instance in
      ([instance.name, instance.displayName] + instance.parameters.values)
        .map(Self.words).contains { $0.count >= 4 && text.contains(" \($0) ") }
    }
    if named.count == 1 { return (app, named[0].name) }
    let open = (connections[app] ?? []).subtracting(labels)
    guard named.isEmpty, candidates.count == 1, open.count == 1 else { return (app, nil) }
    return (app, candidates[0].name)
  }

  /// Letters, digits and what domains are made of, in words, in lower case.
  private static func words(_ text: String) -> String {
    text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") }
      .joined(separator: " ")
  }
}

extension ImportedControl {
  /// The practice: the identifier without the number of the connection that it was found over.
  ///
  /// Recommendations for connected apps come once for each connection, `11770.MDA_Google_…`.
  package var practice: String {
    connection == nil ? id : String(id.drop { $0 != "." }.dropFirst())
  }

  /// Defender's number of the connection that the control was found over; nil when it has none.
  package var connection: String? {
    guard let dot = id.firstIndex(of: "."), dot != id.startIndex,
      id[..<dot].utf8.allSatisfy({ (48...57).contains($0) }), id.index(after: dot) != id.endIndex
    else { return nil }
    return String(id[..<dot])
  }
}
