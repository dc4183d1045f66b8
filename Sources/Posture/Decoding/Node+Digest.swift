internal import Connectors
internal import JSON
internal import YAML

extension Node {
  /// SHA-256 of what the node means: layout, comments and quoting do not count.
  var meaningDigest: String {
    Digest.sha256(YAMLValue(self, into: Diagnostics()).map { JSONValue($0).compactText } ?? "")
  }
}
