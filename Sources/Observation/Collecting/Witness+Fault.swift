internal import Connectors
internal import JSON
internal import Posture

extension ConnectorRequest.Witness {
  /// Whether this item is the one.
  func stands(in item: JSONView) -> Bool { item.value(at: pointer)?.plainText == value }

  /// The fault of a list without that item.
  var fault: Fault {
    Fault(
      .denied,
      "'\(value)' is missing, which every tenant has: the credentials are not shown everything")
  }
}
