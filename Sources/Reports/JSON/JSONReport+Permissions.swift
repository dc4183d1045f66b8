internal import JSON
package import Posture

extension JSONReport {
  /// `plumb catalog permissions`: an object for each instance, in the order of instances.
  package static func permissions(_ instances: [InstancePermissions]) -> [UInt8] {
    document("Permissions") { writer in
      writer.array("instances") { writer in
        for instance in instances {
          writer.elementObject { writer in
            writer.member("name", instance.instance)
            writer.member("app", instance.app)
            writer.array("permissions") { writer in
              for permission in instance.permissions {
                writer.elementObject { writer in
                  writer.member("name", permission.name)
                  writer.strings("collections", permission.collections)
                  writer.strings("recommendations", permission.recommendations)
                }
              }
            }
            writer.strings("scopes", instance.scopes)
            writer.array("credentials") { writer in
              for way in instance.ways {
                writer.elementObject { writer in
                  writer.member("name", way.name)
                  writer.strings("variables", way.variables)
                }
              }
            }
          }
        }
      }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func strings(_ name: String, _ values: [String]) {
    array(name) { writer in for value in values { writer.element(value) } }
  }
}
