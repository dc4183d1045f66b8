private import Foundation
package import Observation

/// Keeps a second controller from the same store, where both would ask the same tenants for the same.
package struct ControllerHold: Sendable {
  private let file: FileHold

  /// - Throws: ``ReconcileError`` while another controller works there, or where nothing can be written.
  package init(_ store: ObservationStore) throws {
    let folder = URL(fileURLWithPath: store.path).deletingLastPathComponent().path
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    do throws(FileHold.Refusal) {
      file = try FileHold(folder + "/controller.lock")
    } catch {
      switch error {
      case .held:
        throw ReconcileError.refused(
          "another controller works in \(folder): two would ask every tenant twice; name another folder with --store, if that is what you want"
        )
      case .unwritable(let reason): throw ReconcileError.refused(reason)
      }
    }
  }
}
