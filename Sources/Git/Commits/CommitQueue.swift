/// Commits waiting to be visited, the newest first: a binary heap.
///
/// Of two commits of the same second the one that came first goes first, so that a walk is the same
/// every time.
struct CommitQueue {
  private struct Item {
    let commit: CommitInfo
    let arrival: Int

    func precedes(_ other: Item) -> Bool {
      (other.commit.committer.time, arrival) < (commit.committer.time, other.arrival)
    }
  }

  private var heap: [Item] = []
  private var arrivals = 0

  var isEmpty: Bool { heap.isEmpty }

  mutating func insert(_ commit: CommitInfo) {
    heap.append(Item(commit: commit, arrival: arrivals))
    arrivals += 1
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].precedes(heap[parent]) else { break }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  mutating func removeNewest() -> CommitInfo? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return first.commit }
    heap[0] = last
    var parent = 0
    while true {
      var next = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[child].precedes(heap[next]) {
        next = child
      }
      guard next != parent else { break }
      heap.swapAt(parent, next)
      parent = next
    }
    return first.commit
  }
}
