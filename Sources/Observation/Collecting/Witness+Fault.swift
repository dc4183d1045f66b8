internal import Connectors
internal import JSON
internal import Posture

extension ConnectorRequest.Witness {
  /// Whether it is this item.
  func stands(in item: JSONView) -> Bool { item.value(at: pointer)?.plainText == value }

  /// That no item is it.
  var fault: Fault {
    Fault(
      .denied,
      "'\(value)' is missing, which every tenant has: the credentials are not shown everything")
  }
}
