/// One exception as reports tell it: how it is declared, how it stands, and who declared it.
@dynamicMemberLookup
package struct ExceptionPlan: Sendable {
  /// As it is declared now.
  package let exception: Exception
  /// How it stands in the later snapshot.
  package let standing: Snapshot.Exception
  /// Who declared it; nil where git was not asked.
  package var origin: Origin?

  package init(_ exception: Exception, standing: Snapshot.Exception) {
    self.exception = exception
    self.standing = standing
  }

  /// Reads how it stands.
  package subscript<Value>(dynamicMember path: KeyPath<Snapshot.Exception, Value>) -> Value {
    standing[keyPath: path]
  }

  /// What git knows of the lines of an exception's document.
  package enum Origin: Sendable, Hashable {
    /// Who wrote the oldest of the lines, where history goes back that far, and who wrote the
    /// newest.
    case commits(introduced: Commit?, changed: Commit)
    /// The lines are not committed yet, or not as they stand.
    case uncommitted
    /// History is cut off before the lines were written: a shallow clone.
    case beyondHistory

    /// A commit that wrote lines of the document.
    package struct Commit: Sendable, Hashable {
      /// The commit's identifier in hexadecimal.
      package let id: String
      /// Who git says wrote it.
      package let author: String
      /// The time that git says it was written at.
      package let date: Instant

      package init(id: String, author: String, date: Instant) {
        self.id = id
        self.author = author
        self.date = date
      }
    }
  }
}

extension ExceptionPlan {
  /// The order of review: what ends first comes first, what never ends last; then by name.
  package static func endsFirst(_ left: ExceptionPlan, _ right: ExceptionPlan) -> Bool {
    switch (left.exception.expires, right.exception.expires) {
    case (let left?, let right?) where left != right: return left < right
    case (nil, _?): return false
    case (_?, nil): return true
    default: return left.exception.name < right.exception.name
    }
  }
}
