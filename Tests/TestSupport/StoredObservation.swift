internal import Connectors
internal import Crypto
private import Foundation
package import JSON

/// An observation as it is stored: `observation.json` and one NDJSON file for each collection.
package struct StoredObservation {
  package var instance: String
  package var app: String
  package var observedAt: String
  /// Complete collections in order.
  package var collections: [(name: String, resources: [JSONValue])]
  /// Members of `observation.json` for collections that are not complete.
  package var others: [(String, JSONValue)] = []

  package init(
    instance: String = "okta-eu", app: String = "okta", observedAt: String = "2026-06-01T06:00:00Z",
    _ collections: KeyValuePairs<String, [JSONValue]>, others: [(String, JSONValue)] = []
  ) {
    self.instance = instance
    self.app = app
    self.observedAt = observedAt
    self.collections = collections.map { ($0.key, $0.value) }
    self.others = others
  }

  /// The files, relative to the observation's folder.
  package var files: [String: String] {
    var files: [String: String] = [:]
    var members: [(String, JSONValue)] = []
    for (name, resources) in collections {
      let text = resources.map { String(decoding: $0.bytes(), as: UTF8.self) + "\n" }.joined()
      files["\(name).ndjson"] = text
      let digest = Self.sha256(text)
      members.append(
        (
          name,
          [
            "state": "complete", "count": .int(Int64(resources.count)), "sha256": .string(digest),
          ]
        ))
    }
    let manifest: JSONValue = [
      "apiVersion": "plumb/v1", "kind": "Observation", "instance": .string(instance),
      "app": .string(app), "observedAt": .string(observedAt),
      "collections": .object(members + others),
    ]
    files["observation.json"] =
      String(decoding: manifest.bytes(layout: .pretty), as: UTF8.self) + "\n"
    return files
  }

  /// SHA-256 of a text's UTF-8, in hexadecimal.
  package static func sha256(_ text: String) -> String {
    SHA256.hash(data: Data(text.utf8)).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
