internal import JSON
internal import Posture

/// A setting's old and new value in words.
///
/// Values are JSON on one line. Of long lists that mostly agree, only what differs is told: who
/// reads `["a","b",…]` twice does not find the one name that is new.
struct ValueMovement {
  let before: String
  let after: String

  /// Lists up to this length are shown whole.
  private static let wholeList = 60

  /// - Parameter longest: How many characters of a value are shown.
  init(from: JSONValue?, to: JSONValue?, longest: Int) {
    func text(_ value: JSONValue?) -> String {
      Escaping.clipped(value?.compactText ?? "nothing", to: longest)
    }
    guard case .array(let old)? = from, case .array(let new)? = to,
      max(from?.compactText.utf8.count ?? 0, to?.compactText.utf8.count ?? 0) > Self.wholeList
    else {
      before = text(from)
      after = text(to)
      return
    }
    let (known, current) = (Set(old), Set(new))
    let gone = old.filter { !current.contains($0) }
    let added = new.filter { !known.contains($0) }
    guard gone.count < old.count || added.count < new.count, !(gone.isEmpty && added.isEmpty) else {
      before = text(from)
      after = text(to)
      return
    }
    func list(_ sign: String, _ values: [JSONValue]) -> [String] {
      values.isEmpty
        ? [] : [sign + " " + values.map(\.compactText).joined(separator: ", ")]
    }
    before = Words.count(old.count, "element")
    after = Escaping.clipped(
      "\(new.count): " + (list("−", gone) + list("+", added)).joined(separator: "; "), to: longest)
  }
}
