package import JSON
package import Posture

/// What tests made as trees is read as a file would be.
extension StateCodec {
  package static func decodeRoot(
    _ value: JSONValue, path: String
  ) throws -> (state: Snapshot, instances: [String]) {
    try decodeRoot(JSONView(parsing: value.bytes()), path: path)
  }

  package static func decodeInstance(
    _ value: JSONValue, path: String
  ) throws -> Snapshot.Instance {
    try decodeInstance(JSONView(parsing: value.bytes()), path: path)
  }

  package static func decodeImport(
    _ value: JSONValue, from source: ImportedSource, path: String
  ) throws -> RecordedImport {
    try decodeImport(JSONView(parsing: value.bytes()), from: source, path: path)
  }
}
