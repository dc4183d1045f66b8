import Observation
import Posture

/// The one file that an instance's export is.
struct ExportFile: RepositoryFiles {
  let bytes: [UInt8]

  func contents(of path: String, limit: Int) throws(ObservationFault) -> [UInt8] { bytes }
  func open(_ path: String) throws(ObservationFault) -> OpenFile? { nil }
}
