/// A SaaS product that its vendor has ended: nothing can be observed of it any more.
package struct EndedApp: Sendable {
  let name: String
  let title: String
  /// The day on which access ended, in words.
  let ended: String

  static let all = [
    // Meta's notice of May 2024: read-only from 1 September 2025, closed and deleted from 1 June 2026.
    EndedApp(name: "workplace", title: "Workplace from Meta", ended: "1 June 2026")
  ]

  /// The app of that name; nil when it has not ended.
  package static func named(_ name: String) -> EndedApp? { all.first { $0.name == name } }

  /// That it ended, and what follows.
  package var end: String {
    "\(title) ended on \(ended): nothing can be observed of it any more"
  }

  /// What an instance of it is told.
  var message: String {
    "\(end); remove this instance, what was recorded of it stays readable in its history"
  }
}
