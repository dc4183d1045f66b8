internal import Connectors
internal import Posture
private import Synchronization

/// The columns of a collection's requests that the vendor does not know; they are left out of later
/// requests.
final class UnknownFields: Sendable {
  /// Why, by column as the manifest writes it; in the order in which they were met.
  private let met = Mutex<[(column: String, fault: Fault)]>([])

  private var faults: [(column: String, fault: Fault)] { met.withLock { $0 } }

  /// The columns of a request that are left.
  func columns(of request: ConnectorRequest) -> [String] {
    let faults = faults
    return request.columns.filter { column in !faults.contains { $0.column == column } }
  }

  /// Leaves out what the vendor does not know.
  ///
  /// - Parameters:
  ///   - name: As the vendor writes it, without the object that it is of: `Name` of `Profile.Name`.
  ///   - asked: The columns that were asked for.
  ///   - identity: The column that no resource can do without.
  /// - Returns: Whether a column is left out now; if not, the answer stands for the whole request.
  func leaveOut(
    _ name: String, of asked: [String], keeping identity: String?, because fault: Fault
  ) -> Bool {
    let name = name.lowercased()
    let whole = asked.filter { $0.lowercased() == name }
    let chosen = whole.isEmpty ? asked.filter { Self.words(of: $0).contains(name) } : whole
    guard !chosen.isEmpty, !chosen.contains(where: { $0 == identity }) else { return false }
    met.withLock { faults in
      let known = Set(faults.map(\.column))
      faults += chosen.filter { !known.contains($0) }.map { ($0, fault) }
    }
    return true
  }

  private static func words(of column: String) -> [String] {
    column.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
  }

  /// What resources lack: the member's name, and why.
  ///
  /// - Parameter members: The members that are chosen of an item by JSON pointer; nil keeps the item's own.
  func parts(
    chosen members: [(name: String, value: String)]?
  ) -> [(name: String, part: ShapedResource.Part)] {
    faults.flatMap { column, fault in
      // `samlIdentityProvider { id }`: the field alone.
      let field = String(column.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." })
      let pointer = "/" + field.replacing(".", with: "/")
      let names = (members ?? []).filter {
        $0.value == pointer || $0.value.hasPrefix(pointer + "/")
      }.map(\.name)
      return (names.isEmpty ? [field] : names).map {
        (name: $0, part: ShapedResource.Part.unknown(fault.detail))
      }
    }
  }

  /// The faults to tell of the collection.
  var notes: [Fault] { faults.map(\.fault) }
}
