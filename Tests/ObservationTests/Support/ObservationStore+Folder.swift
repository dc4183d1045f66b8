import Foundation
import Observation

extension ObservationStore {
  /// Observations in a folder, its parent anybody's.
  init(folder: String) {
    let url = URL(fileURLWithPath: folder)
    self.init(base: url.deletingLastPathComponent().path, steps: [url.lastPathComponent])
  }
}
