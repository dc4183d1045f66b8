import Synchronization
import Testing
import Text

@Suite("Shared out over the cores")
struct SharedOutTests {
  private struct Odd: Error, Equatable {
    let number: Int
  }

  @Test(
    "what is made stands in the order of the elements, whatever the number of cores",
    arguments: [0, 1, 5, 16, 101], [1, 2, 3, 7, 200])
  func order(count: Int, cores: Int) {
    let numbers = Array(0..<count)
    let made = numbers.sharedOut(over: cores) { own in own.map { "\($0)" } }
    #expect(made == numbers.map { "\($0)" })
  }

  @Test(
    "no run is shorter than what is worth a core",
    arguments: [0, 1, 31, 32, 33, 100], [1, 2, 8])
  func least(count: Int, cores: Int) {
    let runs = Mutex<[Int]>([])
    let made = Array(0..<count).sharedOut(over: cores, least: 16) { own in
      runs.withLock { $0.append(own.count) }
      return Array(own)
    }
    #expect(made.count == count)
    let lengths = runs.withLock { $0 }
    #expect(lengths.count <= cores)
    #expect(lengths.count == 1 || lengths.allSatisfy { $0 >= 16 })
  }

  @Test("of several faults the first element's is told", arguments: 1...5)
  func fault(cores: Int) {
    let error = #expect(throws: Odd.self) {
      try Array(0..<10).sharedOut(over: cores) { own throws(Odd) in
        try own.map { number throws(Odd) in
          if number % 2 == 1 { throw Odd(number: number) }
          return number
        }
      }
    }
    #expect(error == Odd(number: 1))
  }
}
