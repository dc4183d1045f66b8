internal import JSON
package import Posture
internal import Text

/// A plan as SARIF 2.1.0, in the part of it that GitHub code scanning reads.
///
/// A result for every recommendation that is not compliant and not decided otherwise, for every
/// instance that is not wholly seen, and for every exception that wants a decision; each at the line
/// of the desired state that declares the instance or the exception. GitHub opens an alert even for a
/// result with `suppressions`, so accepted risks are left out, and accepting one closes its alert;
/// they are told, as suppressed, to who filters for their status.
///
/// Limits are those of [SARIF support for code scanning](
/// https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning).
package enum SARIFReport {
  /// The results of a run that GitHub keeps.
  static let mostResults = 5_000

  /// - Parameters:
  ///   - filter: What is shown of it.
  ///   - version: Plumb's own.
  /// - Returns: Indented JSON with a line feed at its end.
  package static func plan(
    _ plan: Plan, filter: PlanFilter = PlanFilter(), version: String,
    mostResults: Int = mostResults
  ) -> [UInt8] {
    let everything = SARIFResult.of(
      filter.applied(to: plan), tellsDecided: !filter.statuses.isEmpty)
    let results = Array(everything.prefix(mostResults))
    let rules = SARIFRule.used(by: results)
    var writer = JSONWriter(layout: .pretty)
    writer.object { writer in
      writer.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      writer.member("version", "2.1.0")
      writer.array("runs") { writer in
        writer.elementObject { writer in
          writer.object("tool") { writer in
            writer.object("driver") { writer in
              writer.member("name", "Plumb")
              writer.member("semanticVersion", version)
              writer.array("rules") { writer in
                for rule in rules.list { writer.rule(rule) }
              }
            }
          }
          writer.object("automationDetails") { writer in
            writer.member("id", "plumb/\(SARIFLocation.address(of: plan.desired.path))/")
          }
          writer.object("originalUriBaseIds") { writer in
            writer.object("%SRCROOT%") { writer in
              writer.object("description") { $0.member("text", "The root of the repository.") }
            }
          }
          writer.member("columnKind", "unicodeCodePoints")
          writer.invocation(leftOut: everything.count - results.count, limit: mostResults)
          writer.array("results") { writer in
            for result in results {
              writer.result(result, ruleIndex: rules.index[result.rule.id] ?? 0)
            }
          }
        }
      }
    }
    writer.newline()
    return VisibleJSON.bytes(writer.bytes)
  }
}

/// A line of the desired state.
struct SARIFLocation {
  let file: String
  let line: Int
  let column: Int
  /// The column after the last character.
  let endColumn: Int

  /// A path as a relative reference of RFC 3986.
  static func address(of path: String) -> String {
    PercentEncoding.encoded(path, keeping: PercentEncoding.unreserved + "/")
  }
}

extension JSONWriter {
  fileprivate mutating func invocation(leftOut: Int, limit: Int) {
    array("invocations") { writer in
      writer.elementObject { writer in
        writer.member("executionSuccessful", true)
        guard leftOut > 0 else { return }
        writer.array("toolExecutionNotifications") { writer in
          writer.elementObject { writer in
            writer.member("level", "warning")
            writer.object("message") { writer in
              writer.member(
                "text",
                "A run holds \(limit) results at most: the \(leftOut) least urgent are left out. 'plumb show' lists all."
              )
            }
          }
        }
      }
    }
  }

  fileprivate mutating func result(_ result: SARIFResult, ruleIndex: Int) {
    elementObject { writer in
      writer.member("ruleId", result.rule.id)
      writer.member("ruleIndex", ruleIndex)
      writer.member("level", result.level.rawValue)
      writer.object("message") { $0.member("text", result.message) }
      writer.array("locations") { writer in
        writer.elementObject { writer in
          writer.location(result.location)
          writer.array("logicalLocations") { writer in
            writer.elementObject { writer in
              writer.member("name", result.subject)
              writer.member("fullyQualifiedName", result.qualifiedSubject)
            }
          }
        }
      }
      writer.object("partialFingerprints") { writer in
        // GitHub tells alerts apart by this one; a line that moves, or is reworded, changes nothing.
        writer.member("primaryLocationLineHash", "\(result.fingerprint.prefix(16)):1")
        writer.member("plumbResult/v1", result.fingerprint)
      }
      writer.member(ifPresent: "baselineState", result.baselineState)
      if let decision = result.decision {
        writer.array("suppressions") { writer in
          writer.elementObject { writer in
            writer.member("kind", "external")
            writer.member("status", "accepted")
            writer.member("justification", decision.justification)
            writer.object("location") { $0.location(decision.location) }
          }
        }
      }
      writer.object("properties") { writer in
        for (name, value) in result.properties { writer.member(name, value) }
      }
    }
  }

  private mutating func location(_ location: SARIFLocation) {
    object("physicalLocation") { writer in
      writer.object("artifactLocation") { writer in
        writer.member("uri", SARIFLocation.address(of: location.file))
        writer.member("uriBaseId", "%SRCROOT%")
      }
      writer.object("region") { writer in
        writer.member("startLine", location.line)
        writer.member("startColumn", location.column)
        writer.member("endLine", location.line)
        writer.member("endColumn", location.endColumn)
      }
    }
  }
}
