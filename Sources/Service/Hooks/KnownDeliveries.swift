#if Service
internal import Crypto

/// The deliveries that came lately: each counts once.
///
/// A delivery's id is signed by nobody, so that whoever recorded one could send it again under another: the body's digest is remembered
/// beside it.
actor KnownDeliveries {
  /// How many are remembered of each.
  static let most = 1_000

  private var known: Set<String> = []
  /// In the order in which they came.
  private var order: [String] = []
  private var oldest = 0

  /// Whether neither came before; both did from now on.
  func isNew(id: String?, body: [UInt8]) -> Bool {
    let digest = "body \(SHA256.hash(data: body))"
    let marks = [id.map { "id \($0.prefix(200))" }, digest].compactMap(\.self)
    let isNew = known.isDisjoint(with: marks)
    for mark in marks where known.insert(mark).inserted { remember(mark) }
    return isNew
  }

  private func remember(_ mark: String) {
    guard order.count == 2 * Self.most else { return order.append(mark) }
    known.remove(order[oldest])
    order[oldest] = mark
    oldest = (oldest + 1) % order.count
  }
}
#endif
