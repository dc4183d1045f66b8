extension Sequence where Element: Sendable {
  /// What work makes of each element, in their order, some at a time.
  ///
  /// One that is slow holds up none of the others: whichever ends makes room for the next.
  ///
  /// - Parameter width: How many are at work at once; all, unless it is said.
  package func mappedSideBySide<Output: Sendable>(
    width: Int = .max, _ work: @escaping @Sendable (Element) async -> Output
  ) async -> [Output] {
    await withTaskGroup(of: (Int, Output).self) { group in
      var outputs: [Int: Output] = [:]
      for (index, element) in enumerated() {
        if index >= width, let (done, output) = await group.next() { outputs[done] = output }
        group.addTask { (index, await work(element)) }
      }
      for await (done, output) in group { outputs[done] = output }
      return outputs.sorted { $0.key < $1.key }.map(\.value)
    }
  }
}
