internal import CGit2

/// Which lines of a new text an old one has too.
struct LineComparison {
  /// Lines that are in both texts, counted from 0.
  private struct Shared {
    let old: Int
    let new: Int
    let count: Int
  }

  private let shared: [Shared]

  init(from old: [UInt8], to new: [UInt8]) throws(GitError) {
    var hunks: [git_diff_hunk] = []
    var options = git_diff_options()
    try GitError.check(
      git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)), "comparing two files")
    options.context_lines = 0
    options.flags = GIT_DIFF_FORCE_TEXT.rawValue
    let result = withUnsafeMutablePointer(to: &hunks) { list in
      old.withUnsafeBytes { old in
        new.withUnsafeBytes { new in
          git_diff_buffers(
            old.baseAddress, old.count, nil, new.baseAddress, new.count, nil, &options, nil, nil,
            { _, hunk, payload in
              guard let hunk, let payload else { return 0 }
              payload.assumingMemoryBound(to: [git_diff_hunk].self).pointee.append(hunk.pointee)
              return 0
            }, nil, list)
        }
      }
    }
    try GitError.check(result, "comparing two files")

    var shared: [Shared] = []
    var oldLine = 0
    var newLine = 0
    for hunk in hunks {
      // An empty side names the line before it; any other, its first line. Both count from 1.
      let oldStart = Int(hunk.old_start) - (hunk.old_lines == 0 ? 0 : 1)
      let newStart = Int(hunk.new_start) - (hunk.new_lines == 0 ? 0 : 1)
      shared.append(Shared(old: oldLine, new: newLine, count: newStart - newLine))
      oldLine = oldStart + Int(hunk.old_lines)
      newLine = newStart + Int(hunk.new_lines)
    }
    // What follows the last hunk is the same on both sides, however long it is.
    shared.append(Shared(old: oldLine, new: newLine, count: .max - newLine))
    self.shared = shared
  }

  /// Parts segments of the new text into those that the old text has, with its line numbers, and those
  /// that it has not.
  func divide(
    _ segments: [BlameSearch.Segment]
  ) -> (shared: [BlameSearch.Segment], own: [BlameSearch.Segment]) {
    var inBoth: [BlameSearch.Segment] = []
    var own: [BlameSearch.Segment] = []
    for segment in segments {
      let end = segment.start + segment.count
      var next = segment.start
      for part in shared where part.new < end && part.new + part.count > next {
        let from = max(part.new, next)
        let to = min(part.new + part.count, end)
        if from > next { own.append(Self.cut(segment, next, from, shift: 0)) }
        if to > from { inBoth.append(Self.cut(segment, from, to, shift: part.old - part.new)) }
        next = to
      }
      if next < end { own.append(Self.cut(segment, next, end, shift: 0)) }
    }
    return (inBoth, own)
  }

  private static func cut(
    _ segment: BlameSearch.Segment, _ from: Int, _ to: Int, shift: Int
  ) -> BlameSearch.Segment {
    BlameSearch.Segment(
      finalStart: segment.finalStart + from - segment.start, start: from + shift, count: to - from)
  }
}
