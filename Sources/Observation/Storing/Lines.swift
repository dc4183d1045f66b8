/// Resources as they are stored: a line each, with its line feed.
package struct Lines: Sendable {
  private(set) var bytes: [UInt8] = []
  /// Lines: one for each resource.
  private(set) var count = 0

  /// - Parameter lines: Without their line feeds.
  package init(_ lines: [[UInt8]] = []) {
    for line in lines { append(line) }
  }

  /// Makes room for as many bytes more.
  mutating func reserve(_ size: Int) { bytes.reserveCapacity(bytes.count + size) }

  /// Adds a line, without its line feed.
  mutating func append(_ line: some Collection<UInt8>) {
    bytes += line
    bytes.append(0x0A)
    count += 1
  }

  mutating func append(_ lines: Lines) {
    if bytes.isEmpty {
      self = lines
    } else {
      bytes += lines.bytes
      count += lines.count
    }
  }

  /// Each line without its line feed, which no resource has within.
  var each: some Sequence<ArraySlice<UInt8>> { bytes.split(separator: 0x0A) }
}
