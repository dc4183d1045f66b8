internal import Connectors
internal import JSON
internal import YAML

extension Node {
  /// SHA-256 of what the node means: layout, comments and quoting do not count.
  ///
  /// What has a number that does not fit in 64 bits means nothing.
  var meaningDigest: String {
    let meaning = Meaning(node: self, faults: Meaning.Faults())
    var writer = JSONWriter()
    writer.value(meaning)
    return Digest.sha256(meaning.faults.isFound ? [] : writer.bytes)
  }
}

/// A node as compact JSON; `.nan` and infinities, which JSON lacks, are null.
private struct Meaning: JSONWritable {
  let node: Node
  let faults: Faults

  /// Whether something in the node has no meaning.
  final class Faults {
    var isFound = false
  }

  func write(to writer: inout JSONWriter) {
    switch node.kind {
    case .sequence:
      writer.array { writer in
        _ = node.eachItem { item in
          writer.element(Meaning(node: item, faults: faults))
          return true
        }
      }
    case .mapping:
      writer.object { writer in
        _ = node.eachEntry { key, value in
          let meaning = Meaning(node: value, faults: faults)
          key.withText { writer.member(utf8: $0, meaning) }
          return true
        }
      }
    case .scalar where node.isClearlyString: node.withText { writer.text(utf8: $0) }
    case .scalar: writeScalar(to: &writer)
    }
  }

  private func writeScalar(to writer: inout JSONWriter) {
    switch node.resolved {
    case .null, nil: writer.value(String?.none)
    case .bool(let value): writer.value(value)
    case .integer(let value): writer.value(value)
    case .double(let value): writer.value(value)
    case .string(let value): writer.value(value)
    case .outOfRange: faults.isFound = true
    }
  }
}
