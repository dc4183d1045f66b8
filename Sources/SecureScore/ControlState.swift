package import Posture

/// What the organisation has decided about a control in Microsoft Secure Score, as Microsoft Graph
/// names it.
///
/// Its portal knows five statuses, the API these four: what is planned cannot be written.
package enum ControlState: String, Sendable, CaseIterable {
  case `default` = "Default"
  case ignored = "Ignored"
  case thirdParty = "ThirdParty"
  case reviewed = "Reviewed"

  /// The state that says the same as an exception; nil when the API has none.
  package init?(_ status: Status) {
    switch status {
    case .riskAccepted: self = .ignored
    case .resolvedThroughThirdParty: self = .thirdParty
    case .resolvedThroughAlternateMitigation: self = .reviewed
    case .completed, .toAddress, .planned: return nil
    }
  }

  /// What an unfinished control counts as in this state.
  package var status: Status {
    switch self {
    case .default: .toAddress
    case .ignored: .riskAccepted
    case .thirdParty: .resolvedThroughThirdParty
    case .reviewed: .resolvedThroughAlternateMitigation
    }
  }
}

extension TargetState {
  /// A state as Microsoft names it, in whatever case; may be one that Plumb does not know.
  init(named state: String, comment: String, by: String) {
    self.init(
      state: ControlState.allCases.first { $0.rawValue.lowercased() == state.lowercased() }?
        .rawValue ?? state,
      comment: comment, by: by)
  }

  /// The state, when it is one of the API's.
  package var known: ControlState? { ControlState(rawValue: state) }

  /// Whether it is Plumb's own: it alone takes such a decision back.
  package var isOwn: Bool { comment.hasPrefix(ControlComment.mark) }
}

/// The comment that Plumb writes beside a state: by its mark it knows its own decisions again.
package enum ControlComment {
  static let mark = "[plumb] "
  private static let longest = 1_000

  /// The exception's name and why it is.
  package static func of(_ exception: Exception) -> String {
    let text = "\(mark)exception \(exception.name): \(exception.justification)"
    return String(normalised(text).prefix(longest))
  }

  /// For the state that is taken back.
  package static let ended = "\(mark)no exception holds any more"

  /// Whether two comments say the same: line breaks and runs of blanks may not survive the way.
  package static func areSame(_ left: String, _ right: String) -> Bool {
    normalised(left) == normalised(right)
  }

  private static func normalised(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
