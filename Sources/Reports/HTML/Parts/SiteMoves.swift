internal import Posture
internal import Text

/// Whose move it is: by owner, what there is to address, which exceptions want a decision, and what is not seen.
///
/// The owner of an instance is its label `owner`, or `team`; of an exception, the one it names.
struct SiteMoves {
  let site: SiteContext

  private struct Move {
    let owner: String
    /// The label by which the table is filtered; nil for an owner of exceptions alone.
    var label: String?
    var open = 0
    var new = 0
    var high = 0
    var exceptions: [String] = []
    var unseen: [String] = []

    var isNothing: Bool { open == 0 && exceptions.isEmpty && unseen.isEmpty }
  }

  private static let noOwner = "nobody named"

  private var moves: [Move] {
    var moves: [String: Move] = [:]
    func change(_ owner: String, _ change: (inout Move) -> Void) {
      change(&moves[owner, default: Move(owner: owner)])
    }
    for instance in site.instances where instance.recommendations {
      let key = ["owner", "team"].first { instance.labels[$0] != nil }
      let owner = key.flatMap { instance.labels[$0] } ?? Self.noOwner
      change(owner) { move in
        if let key { move.label = "\(key)=\(owner)" }
        for result in instance.results where result.isOpen {
          move.open += 1
          if result.impact == .high { move.high += 1 }
          let urgency = site.index.urgencies.urgency(of: result)
          if urgency == .newFailure || urgency == .worse { move.new += 1 }
        }
        if let gap = Gaps(instance), gap.staleReason != nil || !gap.collections.isEmpty {
          move.unseen.append(instance.name)
        }
      }
    }
    for item in site.comparison.exceptions where item.state != .active {
      change(item.exception.owner) { $0.exceptions.append(item.exception.name) }
    }
    return moves.values.filter { !$0.isNothing }.sorted { left, right in
      let counts = ([left.new, left.high, left.open], [right.new, right.high, right.open])
      return counts.0 != counts.1
        ? counts.1.lexicographicallyPrecedes(counts.0) : left.owner < right.owner
    }
  }

  func write(into html: inout HTMLWriter) {
    let moves = self.moves
    guard !moves.isEmpty else { return html.note("Nobody's: nothing is left to do.") }
    html.scrolling("Whose move") { html in
      html.element(.table, .data("data-sortable")) { html in
        html.head(
          "Owner", ">To address", ">New or worse", ">High impact", "Exceptions due", "Not seen")
        html.element(.tbody) { html in
          for move in moves.prefix(50) { html.element(.tr) { row(move, &$0) } }
        }
      }
    }
    if moves.count > 50 { html.note("… and \(moves.count - 50) more.") }
  }

  private func row(_ move: Move, _ html: inout HTMLWriter) {
    html.element(.td) { html in
      if let label = move.label, move.open > 0 {
        html.link(
          move.owner,
          to: .page(
            .recommendations,
            query: [
              ("label", HiddenScalars.spelledOut(Escaping.clipped(label))), ("status", "toAddress"),
            ]))
      } else {
        html.text(move.owner)
      }
    }
    for count in [move.open, move.new, move.high] {
      html.element(.td, .class("n"), text: count == 0 ? "–" : "\(count)")
    }
    html.element(.td) { html in
      for (index, name) in move.exceptions.prefix(5).enumerated() {
        if index > 0 { html.words(", ") }
        html.link(name, to: .page(.exceptions, anchor: Slug(name).text))
      }
      if move.exceptions.count > 5 { html.text(" and \(move.exceptions.count - 5) more") }
    }
    html.element(.td) { html in
      for (index, name) in move.unseen.prefix(5).enumerated() {
        if index > 0 { html.words(", ") }
        html.link(name, to: .page(.instance(name), anchor: "list/gaps"))
      }
      if move.unseen.count > 5 { html.text(" and \(move.unseen.count - 5) more") }
    }
  }
}
