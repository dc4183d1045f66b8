internal import JSON
internal import Posture

extension Fleet {
  private static let kind = "Fleet"
  private static let apiVersion = "plumb/v1"

  /// The file's bytes: the same for the same fleet.
  package var bytes: [UInt8] {
    var writer = JSONWriter(layout: .pretty)
    writer.object { writer in
      writer.member("apiVersion", Self.apiVersion)
      writer.member("kind", Self.kind)
      writer.member("version", version)
      writer.member("catalog", "sha256:\(catalog)")
      writer.member("desired", desired)
      writer.member("path", path)
      writer.member(ifPresent: "recorded", recorded)
      writer.member("at", at.description)
      writer.object("divided") { writer in
        for (name, count) in divided.sorted(by: { $0.key < $1.key }) { writer.member(name, count) }
      }
      writer.array("shards") { writer in
        for shard in shards {
          writer.elementObject { writer in
            writer.member("cost", shard.cost)
            writer.array("instances", shard.instances)
          }
        }
      }
    }
    writer.newline()
    return writer.bytes
  }

  /// Reads what `plumb fleet split` wrote.
  ///
  /// - Parameter file: Its name, for errors.
  /// - Throws: ``FleetError`` of code `configuration` that says what is wrong with it.
  package init(_ bytes: [UInt8], file: String) throws(FleetError) {
    func fault(_ text: String) -> FleetError {
      FleetError(
        .configuration, "\(file): \(text); write it anew with 'plumb fleet split --out \(file)'")
    }
    let view: JSONView
    do throws(JSONError) {
      view = try JSONView(parsing: bytes)
    } catch {
      throw fault("it is no fleet file: \(error.message)")
    }
    guard view["apiVersion"]?.string == Self.apiVersion, view["kind"]?.string == Self.kind else {
      throw fault("it is no Fleet of \(Self.apiVersion)")
    }
    func text(_ name: String) throws(FleetError) -> String {
      guard let text = view[name]?.string, !text.isEmpty else { throw fault("it has no '\(name)'") }
      return text
    }
    let desired = try text("desired")
    let recorded = view["recorded"]?.string
    for (name, commit) in [("desired", desired), ("recorded", recorded ?? desired)] {
      guard commit.utf8.count >= 40, commit.allSatisfy(\.isHexDigit) else {
        throw fault("'\(name)' is no commit")
      }
    }
    guard let at = Instant(try text("at")) else { throw fault("'at' is no time") }
    let catalog = try text("catalog")
    guard catalog.hasPrefix("sha256:") else { throw fault("'catalog' is no digest") }
    guard let list = view["shards"], list.kind == .array, list.count > 0,
      list.count <= Self.mostShards
    else { throw fault("'shards' is no list of 1 to \(Self.mostShards)") }
    var shards: [Shard] = []
    var taken: [String: Int] = [:]
    for (index, shard) in list.elements.enumerated() {
      guard let cost = shard["cost"]?.int, cost >= 0, let names = shard["instances"],
        names.kind == .array
      else { throw fault("shard \(index) has no 'cost' and 'instances'") }
      let instances = names.elements.compactMap(\.string)
      for name in instances {
        if let other = taken.updateValue(index, forKey: name) {
          throw fault("instance '\(name)' is in shard \(other) and in shard \(index)")
        }
      }
      shards.append(Shard(instances: instances, cost: cost))
    }
    var divided: [String: Int] = [:]
    if let members = view["divided"]?.members {
      for (name, count) in members {
        guard let count = count.int, count > 1 else {
          throw fault("'divided.\(name)' is no number from 2")
        }
        divided[name] = count
      }
    }
    self.init(
      desired: desired, path: try text("path"), recorded: recorded,
      catalog: String(catalog.dropFirst("sha256:".count)), version: try text("version"), at: at,
      shards: shards, divided: divided)
  }

  /// Refuses a fleet that another program split, which may judge otherwise.
  package func refuseOtherProgram(version: String) throws(FleetError) {
    guard self.version == version else {
      throw FleetError(
        .configuration,
        "the fleet was split by Plumb \(self.version), and this is \(version): run the same one everywhere, or split anew"
      )
    }
    guard catalog == DecodedCatalog.digest else {
      throw FleetError(
        .configuration,
        "the fleet was split with another built-in catalog, by another build of Plumb \(version): run the same one everywhere, or split anew"
      )
    }
  }

  /// The share of an index.
  package func shard(_ index: Int) throws(FleetError) -> Shard {
    guard shards.indices.contains(index) else {
      throw FleetError(
        .configuration,
        "there is no shard \(index): the fleet has \(shards.count), from 0 to \(shards.count - 1)")
    }
    return shards[index]
  }
}
