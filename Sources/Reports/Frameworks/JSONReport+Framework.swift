internal import JSON
package import Posture

extension JSONReport {
  /// A framework control by control: an object of kind `Framework`.
  package static func framework(_ standing: FrameworkStanding) -> [UInt8] {
    document("Framework") { writer in
      writer.framework(standing)
      writer.array("controls") { writer in
        for control in standing.controls {
          writer.elementObject { $0.control(control) }
        }
      }
    }
  }

  /// How much of each framework the catalog decides: an object of kind `Frameworks`.
  package static func frameworks(_ standings: [FrameworkStanding]) -> [UInt8] {
    document("Frameworks") { writer in
      writer.array("frameworks") { writer in
        for standing in standings { writer.elementObject { $0.framework(standing) } }
      }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func framework(_ standing: FrameworkStanding) {
    member("name", standing.framework.name)
    member("title", standing.framework.title)
    member("version", standing.framework.version)
    member("url", standing.framework.url)
    member("complete", standing.framework.gap == nil)
    member(ifPresent: "gap", standing.framework.gap)
    object("counts") { writer in
      for (fulfilment, count) in standing.counts { writer.member(fulfilment.rawValue, count) }
    }
  }

  fileprivate mutating func control(_ standing: ControlStanding) {
    member("id", standing.control.id)
    member("title", standing.control.title)
    member("verdict", standing.fulfilment.rawValue)
    array("parts") { writer in
      for part in standing.control.parts { writer.element(part) }
    }
    array("uncoveredParts") { writer in
      for part in standing.uncoveredParts { writer.element(part) }
    }
    member(ifPresent: "manual", standing.control.manual)
    array("recommendations") { writer in
      for mapping in standing.recommendations {
        writer.elementObject { writer in
          writer.member("name", mapping.recommendation)
          writer.member("title", mapping.title)
          writer.member(ifPresent: "part", mapping.part)
          writer.array("results") { writer in
            for result in standing.results(of: mapping) {
              writer.elementObject { writer in
                writer.member("instance", result.instance)
                writer.member("compliance", result.decision.compliance.rawValue)
                writer.member("status", result.status?.rawValue)
                writer.member("reason", result.decision.reasonText)
              }
            }
          }
        }
      }
    }
  }
}
