import Posture

/// The recommendations for which a form that their conditions suggest does not exist, with the vendor's sentence.
enum FormExceptions {
  struct Entry {
    let recommendation: String
    let form: Recommendation.Form
    let sentence: String
    let url: String
  }

  static let all: [Entry] = []
}
