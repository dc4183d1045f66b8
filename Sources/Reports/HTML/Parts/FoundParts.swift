internal import JSON
internal import Posture
internal import Text

/// What was found of one result: the reason, the evidence beside what was expected, the affected resources.
struct FoundParts {
  let result: RecommendationResult
  let site: SiteContext

  /// Why, in a sentence of its own; what was found of the instance as a whole; the affected.
  func write(into html: inout HTMLWriter) {
    if let reason = site.reason(of: result) { html.element(.p, text: reason) }
    facts(&html)
    affected(&html)
  }

  private func facts(_ html: inout HTMLWriter) {
    let facts = result.verdict.facts
    guard !facts.isEmpty else { return }
    html.scrolling("What was found") { html in
      html.element(.table, .class("small")) { html in
        html.head("Found", "Value", "Expected")
        html.element(.tbody) { html in
          for fact in facts {
            html.element(.tr) { html in
              html.element(.td, text: fact.name)
              html.element(.td) {
                $0.element(.code, text: site.value(of: fact))
              }
              html.element(.td) { html in
                if let expected = fact.expected {
                  html.element(.code, text: Fact.words(expected, longest: 300))
                }
              }
            }
          }
        }
      }
    }
  }

  private func affected(_ html: inout HTMLWriter) {
    let listing = AffectedListing(result, most: site.maxAffected)
    guard !listing.resources.isEmpty else { return }
    html.scrolling("Affected resources") { html in
      html.element(.table, .class("small")) { html in
        html.element(.thead) { html in
          html.element(.tr) { html in
            html.element(.th, .scope("col"), words: "Affected")
            for column in listing.columns {
              html.element(.th, .scope("col")) { html in
                html.text(column.name)
                if let expected = column.expected {
                  html.words(" ")
                  html.element(.small, text: "expected \(expected)")
                }
              }
            }
          }
        }
        html.element(.tbody) { html in
          for resource in listing.resources {
            html.element(.tr) { html in
              html.element(.td) { $0.resource(resource.label, id: resource.id) }
              for value in listing.values(of: resource) { html.element(.td, text: value) }
            }
          }
        }
      }
    }
    if listing.rest > 0 { html.note("… and \(Words.count(listing.rest, "more resource")).") }
  }
}

/// What a recommendation says of itself: why, how, where, and what it stands for.
struct AdviceParts {
  let recommendation: Recommendation
  let site: SiteContext

  func remediation(_ links: [(title: String, address: String)], into html: inout HTMLWriter) {
    ProseHTML.write(recommendation.remediation, into: &html)
    for (title, address) in links where Escaping.linkTarget(address) != nil {
      html.element(.p) { html in
        html.text(title)
        html.words(" ")
        html.link(
          address.replacing("https://", with: "", maxReplacements: 1), to: .web(address))
      }
    }
  }

  func controls(into html: inout HTMLWriter) {
    guard !recommendation.controls.isEmpty else { return }
    html.element(.ul, .class("plain")) { html in
      for control in recommendation.controls {
        html.element(.li) { html in
          if site.story.frameworks.contains(where: { $0.framework.name == control.framework }) {
            html.link(
              Words.of(control),
              to: .page(.framework(control.framework), anchor: Slug(control.id).text))
          } else {
            html.text(Words.of(control))
          }
        }
      }
    }
  }

  func references(into html: inout HTMLWriter) {
    guard !recommendation.references.isEmpty else { return }
    html.element(.ul, .class("plain")) { html in
      for reference in recommendation.references {
        html.element(.li) { $0.link(reference.title, to: .web(reference.url)) }
      }
    }
  }
}

extension SiteContext {
  /// Why a result is what it is; where nothing is named, without the resource that it names.
  func reason(of result: RecommendationResult) -> String? {
    if maxAffected == 0, case .unjudged(let count, _)? = result.decision.reason {
      return "\(Words.count(count, "resource")) could not be judged"
    }
    return result.decision.reasonText
  }

  /// The value of a fact; where nothing is named, of a list how long it is.
  func value(of fact: Fact) -> String {
    if maxAffected == 0, let elements = fact.value.array {
      return Words.count(elements.count, "element")
    }
    if maxAffected == 0, fact.value.object != nil { return "not shown" }
    return Fact.words(fact.value, longest: 300)
  }
}

extension HTMLWriter {
  /// A resource by its label, and by its identity where that says more.
  mutating func resource(_ label: String, id: String) {
    text(label)
    guard !id.isEmpty, id != label else { return }
    words(" ")
    element(.small, text: id)
  }
}
