internal import Reconciler

/// What is said of a report that was recorded, and perhaps pushed.
enum DeliveryNotes {
  /// - Parameter remote: What to call it.
  static func tell(
    _ delivery: Delivery, to remote: String, isQuiet: Bool, _ ending: inout Ending
  ) throws {
    switch delivery.applied {
    case .committed(let id, let branch):
      Console.note("Recorded on \(branch) as \(id.prefix(10)).")
    case .nothingToDo:
      if !isQuiet { Console.note("Nothing changed: no commit.") }
    }
    guard let push = delivery.push else { return }
    for name in delivery.setAside {
      Console.note(
        "Reports that were recorded here and not pushed do not follow what \(remote) has; they are kept as \(name)."
      )
    }
    switch push {
    case .done(sent: true): Console.note("Pushed to \(remote).")
    case .done(sent: false): if !isQuiet { Console.note("\(remote) has it all.") }
    case .failed(let reason):
      ending.fail(
        "not pushed: \(reason)\nThe report stays recorded here; 'plumb apply --push' pushes it, even when nothing changes."
      )
    }
  }
}
