#if Service
import Testing

@testable import Service

@Suite("The bell")
struct BellTests {
  @Test("is heard once for all that ring within the wait, and again afterwards")
  func once() async {
    let pace = ManualPace()
    let bell = Bell(pace: pace)
    var heard = bell.rings.makeAsyncIterator()
    for _ in 0..<10 { await bell.ring() }
    await pace.sleeping(1)
    pace.advance(by: 5)
    await heard.next()
    await bell.ring()
    await pace.sleeping(1)
    pace.advance(by: 5)
    await heard.next()
  }
}
#endif
