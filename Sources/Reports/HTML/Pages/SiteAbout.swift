internal import Posture

/// Where all of it comes from, how scores are made, and what is not seen.
struct SiteAbout {
  let site: SiteContext

  func write(into html: inout HTMLWriter) {
    html.element(.h1, words: "About")
    facts(&html)
    html.element(.section, .class("prose"), .labelled(by: "formulas")) { html in
      html.heading(.h2, "formulas", "How scores are made")
      ProseHTML.write(Self.formulas, into: &html)
    }
    html.element(.section, .class("prose"), .labelled(by: "words")) { html in
      html.heading(.h2, "words", "What the marks say")
      html.element(.ul, .class("plain")) { html in
        for (mark, meaning) in Self.marks {
          html.element(.li) { html in
            mark.write(into: &html)
            html.text(": \(meaning)")
          }
        }
      }
    }
    gaps(&html)
  }

  private func facts(_ html: inout HTMLWriter) {
    let story = site.story
    html.element(.dl, .class("facts")) { html in
      html.element(.dt, words: "Report")
      html.element(.dd) { html in
        if let report = story.report {
          html.commit(report.revision, in: site)
          html.words(", ")
          html.time(report.at)
        } else {
          html.words("a plan, not recorded yet; judged at ")
          html.time(story.at)
        }
      }
      html.element(.dt, words: "Desired state")
      html.element(.dd) { html in
        if let revision = story.report?.desiredRevision ?? story.desired.revision {
          html.commit(revision, in: site)
        } else {
          html.words("the working tree")
        }
        html.text(" in \(story.desired.path)")
      }
      if let source = story.source {
        html.element(.dt, words: "History")
        html.element(.dd) { html in
          html.text("\(Words.count(source.reports, "report")) on \(source.branch)")
          if let cutOff = HistoryWords.cutOff(source) { html.text(". \(cutOff)") }
        }
      }
      html.element(.dt, words: "Plumb")
      html.element(.dd, text: site.options.version)
      html.element(.dt, words: "Named")
      html.element(.dd) { html in
        html.text(
          site.maxAffected == 0
            ? "Affected resources are counted, and none is named."
            : "At the most \(site.maxAffected) affected resources of each result are named.")
        if site.maxAffected < site.options.maxAffected {
          html.text(
            " \(site.options.maxAffected) were asked for: the page would have been too large.")
        }
      }
      if !site.options.filter.isEmpty {
        html.element(.dt, words: "Shown")
        html.element(.dd, words: "A part: filters were given. Scores are about everything.")
      }
    }
  }

  private func gaps(_ html: inout HTMLWriter) {
    let gaps = Gaps.of(site.comparison)
    html.element(.section, .labelled(by: "gaps")) { html in
      html.heading(.h2, "gaps", "What is not seen")
      if gaps.isEmpty { html.note("Everything that is looked for is seen.") }
      html.element(.ul, .class("plain")) { html in
        for gap in gaps {
          for sentence in gap.sentences.prefix(3) {
            html.element(.li) { html in
              html.instanceLink(gap.instance.name, in: site)
              html.text(": \(sentence)")
            }
          }
        }
      }
    }
  }

  private static let marks: [(StateMark, String)] = [
    (StateMark(.compliant), "every resource in scope, or the one condition, is as it should be"),
    (StateMark(.notCompliant), "at least one is not"),
    (StateMark(.unknown), "it could not be decided, and earns nothing"),
    (
      StateMark(.compliant, isStale: true),
      "it was so when the instance was last seen; nobody knows whether it still is"
    ),
    (StateMark(.notApplicable), "nothing of the instance is in scope"),
  ]

  private static let formulas = """
    - **Points**: a recommendation's, for each instance where it is compliant, not compliant or unknown. What does not apply, \
    and instances that are off, count nowhere.
    - **Earned**: all when it is completed or resolved elsewhere; else points × compliant ÷ counted resources. Unknown earns \
    nothing. An accepted risk earns as if nothing were decided.
    - **Metric** = earned ÷ possible × 100. **Initiative** = Σ weight × metric ÷ Σ weight; high counts 3, medium 2, low 1.
    - **Planned**: as if every plan were carried out. **Achievable**: as if all were done but what is accepted.
    - **Assessed** = assessed ÷ (assessed + unknown): a score over half a tenant says so.
    - **Gain**: the percentage points that an initiative wins when this one is completed. *Do first* ranks new failures, then \
    impact, then gain, then lower cost.

    Scores are exact fractions, rounded once, when they are written.
    """
}
