internal import Connectors
internal import JSON
package import Posture

/// What one run of a shard produced: a line for each instance, between a head that says of what it is a part and an end
/// with its digest.
package struct Part: Sendable {
  /// The digest of the fleet.
  package let fleet: String
  /// The shard's number.
  package let index: Int
  /// The version that made it, and the digest of its catalog.
  package let version: String
  package let catalog: String
  /// In order of name.
  package let records: [AssessmentRecord]

  private static let kind = "FleetPart"
  private static let apiVersion = "plumb/v1"

  package init(
    fleet: String, index: Int, version: String, catalog: String, records: [AssessmentRecord]
  ) {
    self.fleet = fleet
    self.index = index
    self.version = version
    self.catalog = catalog
    self.records = records.sorted { $0.instance < $1.instance }
  }

  /// A file's name and its bytes.
  package struct File: Sendable, Hashable {
    /// `part-<index>-<the first twelve digits of its SHA-256>.ndjson`
    package let name: String
    /// Head, lines and end.
    package let bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }

    /// The shard's number that the name says; nil for what is no part's name.
    package var index: Int? { Self.index(in: name) }

    package static func index(in name: String) -> Int? {
      let last = name.split(separator: "/").last ?? ""
      guard last.hasSuffix(".ndjson") else { return nil }
      let steps = last.dropLast(".ndjson".count).split(separator: "-")
      return steps.count == 3 && steps[0] == "part" ? Int(steps[1]) : nil
    }
  }

  /// The file of the part: the same for the same content.
  package var file: File {
    var bytes = JSONValue.object([
      ("apiVersion", .string(Self.apiVersion)), ("kind", .string(Self.kind)),
      ("fleet", .string(fleet)), ("index", .int(Int64(index))), ("version", .string(version)),
      ("catalog", .string(catalog)),
    ]).bytes()
    bytes.append(0x0A)
    for record in records {
      bytes += record.value.bytes()
      bytes.append(0x0A)
    }
    let digest = Digest.sha256(bytes)
    bytes += JSONValue.object([
      ("count", .int(Int64(records.count))), ("sha256", .string(digest)),
    ]).bytes()
    bytes.append(0x0A)
    return File(name: "part-\(index)-\(digest.prefix(12)).ndjson", bytes: bytes)
  }

  /// Why a file is no part.
  package struct Fault: Error, Sendable {
    /// What is wrong with it.
    package let text: String
  }

  /// Reads a part, and holds it against its digest.
  package init(_ file: File) throws(Fault) {
    let lines = file.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    guard lines.count >= 3, lines.last?.isEmpty == true else {
      throw Fault(text: "it ends in the middle")
    }
    let end = lines[lines.count - 2]
    guard let trailer = Self.view(end), let digest = trailer["sha256"]?.string,
      let count = trailer["count"]?.int
    else { throw Fault(text: "it ends in the middle") }
    guard Digest.sha256(Array(file.bytes[..<end.startIndex])) == digest else {
      throw Fault(text: "its SHA-256 differs from the one at its end")
    }
    guard let head = Self.view(lines[0]), head["apiVersion"]?.string == Self.apiVersion,
      head["kind"]?.string == Self.kind, let fleet = head["fleet"]?.string,
      let index = head["index"]?.int, let version = head["version"]?.string,
      let catalog = head["catalog"]?.string
    else { throw Fault(text: "it does not begin as a part of a fleet does") }
    self.fleet = fleet
    self.index = index
    self.version = version
    self.catalog = catalog
    guard lines.count - 3 == count else {
      throw Fault(text: "it has \(lines.count - 3) lines and says \(count)")
    }
    var records: [AssessmentRecord] = []
    for (number, line) in lines[1..<(lines.count - 2)].enumerated() {
      guard let view = Self.view(line) else {
        throw Fault(text: "line \(number + 2) is no JSON")
      }
      do throws(StateCodec.ReadError) {
        records.append(try AssessmentRecord(view, path: "\(file.name):\(number + 2)"))
      } catch {
        throw Fault(text: "line \(number + 2): \(error.message)")
      }
    }
    self.records = records
  }

  private static func view(_ line: ArraySlice<UInt8>) -> JSONView? {
    try? JSONView(parsing: Array(line))
  }
}
