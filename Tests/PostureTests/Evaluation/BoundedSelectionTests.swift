import TestSupport
import Testing

@testable import Posture

@Suite("What is kept of many")
struct BoundedSelectionTests {
  private static func kept(_ elements: [(id: String, weight: Int)], limit: Int, room: Int) -> (
    ids: [String], isCut: Bool
  ) {
    var selection = BoundedSelection<String>(limit: limit, room: room)
    for element in elements where selection.accepts(element.id) {
      selection.insert(
        element.id, key: BoundedSelectionKey(element.id, []), weight: element.weight)
    }
    let ids = selection.finish()
    return (ids, selection.isCut)
  }

  @Test(
    "is the first by identity that have room, in whatever order they come",
    arguments: [(3, 1_000), (1_000, 90), (7, 90), (1_000, 1_000), (1_000, 5), (0, 90), (10, 0)])
  func order(limit: Int, room: Int) {
    var random = Random(seed: 7)
    for _ in 0..<200 {
      let elements = (10..<60).map { (id: "\($0)", weight: Int.random(in: 1...20, using: &random)) }
      var (expected, weight): ([String], Int) = ([], 0)
      for element in elements {
        guard expected.count < limit, weight + element.weight <= room else { break }
        weight += element.weight
        expected.append(element.id)
      }
      let kept = Self.kept(elements.shuffled(using: &random), limit: limit, room: room)
      #expect(kept.ids == expected)
      #expect(kept.isCut == (expected.count < elements.count))
    }
  }
}
