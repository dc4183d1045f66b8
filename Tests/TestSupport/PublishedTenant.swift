internal import Foundation
internal import JSON

/// A tenant's export with the verdicts that CISA's own rules give of it.
package struct PublishedTenant: Sendable, CustomStringConvertible {
  package let name: String
  /// The app, and the format of its export.
  package let app: String
  package let format: String
  /// The export as its tool writes it.
  package let export: [UInt8]
  /// Whether each automated policy's requirement is met, by the policy's id; ambiguous verdicts are left out.
  package let verdicts: [String: Bool]

  package var description: String { name }

  package init(
    name: String, app: String, format: String, export: [UInt8], verdicts: [String: Bool]
  ) {
    self.name = name
    self.app = app
    self.format = format
    self.export = export
    self.verdicts = verdicts
  }

  /// The folder of recordings beside the package; nil where it is absent.
  package static let folder: String? = {
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    let path = root.appendingPathComponent("shared/real").path
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()

  package static let absence = "no exports with verdicts at ../shared/real"

  /// The sample of CISA ScubaGear and its variants; none where the recordings are absent.
  package static let microsoft365 = read("m365", app: "microsoft-365", format: "scubagear")
  /// The sample of CISA ScubaGoggles and its variants; none where the recordings are absent.
  package static let googleWorkspace = read("gws", app: "google-workspace", format: "scubagoggles")

  /// Verdicts that the publisher's own rules do not give of the published export, which its README names: the rule was
  /// changed after the sample was made, or the publisher replaced units' names, so that units overwrite each other and
  /// what the verdict saw is gone. They say nothing of the export, and so nothing of us.
  private static let lost: [String: Set<String>] = [
    "google-workspace": [
      "GWS.ASSUREDCONTROLS.1.1v1", "GWS.COMMONCONTROLS.7.1v1", "GWS.GMAIL.17.1v1", "GWS.CHAT.5.2v1",
      "GWS.CALENDAR.2.1v1", "GWS.COMMONCONTROLS.6.1v1", "GWS.DRIVEDOCS.5.1v1", "GWS.MEET.2.1v1",
    ]
  ]

  /// Files that cannot be read are a fault of the test, and stop it.
  private static func read(_ name: String, app: String, format: String) -> [PublishedTenant] {
    guard let folder = folder.map({ "\($0)/\(name)" }) else { return [] }
    do {
      let sample = try parse("\(folder)/ProviderSettingsExport.json")
      let results = try parse("\(folder)/TestResults.json").array ?? []
      var tenants = [
        PublishedTenant(
          name: "sample", app: app, format: format, export: sample.bytes(),
          verdicts: verdicts(
            results.compactMap { result in result["PolicyId"]?.string.map { ($0, result) } }
              .filter { lost[app]?.contains($0.0) != true },
            met: "RequirementMet", criticality: "Criticality"))
      ]
      let published = try parse("\(folder)/variants/verdicts.json").object ?? []
      for (variant, list) in published {
        var export = sample
        try JSONPatch(parse("\(folder)/variants/\(variant).patch.json")).apply(to: &export)
        tenants.append(
          PublishedTenant(
            name: variant, app: app, format: format, export: export.bytes(),
            verdicts: verdicts(list.object ?? [], met: "met", criticality: "criticality")))
      }
      return tenants
    } catch {
      preconditionFailure("\(folder): \(error)")
    }
  }

  private static func parse(_ path: String) throws -> JSONValue {
    JSONValue(try JSONView(parsing: [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))))
  }

  private static func verdicts(
    _ entries: [(String, JSONValue)], met: String, criticality: String
  ) -> [String: Bool] {
    var verdicts: [String: Bool] = [:]
    for (policy, entry) in entries {
      // A slash: no automated check, or one that does not apply to this tenant.
      guard let level = entry[criticality]?.string, !level.contains("/"),
        entry["ambiguous"] == nil, entry["caveat"] == nil, let isMet = entry[met]?.bool
      else { continue }
      verdicts[policy] = isMet
    }
    return verdicts
  }
}
