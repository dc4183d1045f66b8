import Observation
import Posture

/// The one file that an instance's export is.
struct ExportFile: RepositoryFiles {
  let bytes: [UInt8]

  func contents(of path: String, limit: Int) throws(Fault) -> [UInt8] { bytes }
  func open(_ path: String) throws(Fault) -> OpenFile? { nil }
}
