internal import Posture

/// The frameworks of which anything is decided here, with how many of their controls stand how.
struct SiteFrameworks {
  let site: SiteContext

  private static let fulfilments: [ControlStanding.Fulfilment] = [
    .met, .notMet, .unknown, .partlyCovered, .notApplicable, .notCovered,
  ]

  func write(into html: inout HTMLWriter) {
    html.element(.h1, words: "Frameworks")
    guard !site.story.frameworks.isEmpty else {
      return html.note("No framework has a control that is decided for these instances.")
    }
    html.scrolling("Frameworks") { html in
      html.element(.table, .data("data-sortable")) { html in
        html.element(.thead) { html in
          html.element(.tr) { html in
            html.element(.th, .scope("col"), words: "Framework")
            html.element(.th, .scope("col"), words: "Version")
            html.element(.th, .scope("col"), .class("n"), words: "Controls")
            for fulfilment in Self.fulfilments {
              html.element(.th, .scope("col"), .class("n"), text: fulfilment.words)
            }
          }
        }
        html.element(.tbody) { html in
          for standing in site.story.frameworks {
            html.element(.tr) { html in
              html.element(.th, .scope("row")) {
                $0.link(
                  standing.framework.title, to: .page(.framework(standing.framework.name)))
              }
              html.element(.td, text: standing.framework.version)
              html.numberCell("\(standing.controls.count)")
              for fulfilment in Self.fulfilments {
                let count = standing.controls.count { $0.fulfilment == fulfilment }
                html.numberCell(count == 0 ? "–" : "\(count)")
              }
            }
          }
        }
      }
    }
    html.note(
      "A control is met when everything that decides it is; one with a part that nothing decides is partly covered, never met."
    )
  }
}

/// One framework, control by control.
struct SiteFramework {
  let standing: FrameworkStanding
  let site: SiteContext

  func write(into html: inout HTMLWriter) {
    let framework = standing.framework
    html.element(.h1, text: framework.title)
    html.element(.p, .class("facts")) { html in
      html.element(.code, text: framework.name)
      html.text(" · \(framework.version) · ")
      html.link("published at \(framework.url)", to: .web(framework.url))
    }
    html.element(.p, .class("answer"), text: standing.summary + ".")
    if let gap = framework.gap { html.note("Not the whole list: \(gap)") }
    html.scrolling("Controls") { html in
      html.element(.table, .data("data-sortable")) { html in
        html.head("Control", "Asks", "Verdict", "Decided by", "Missing")
        html.element(.tbody) { html in
          for control in standing.controls {
            html.element(.tr, .id(Slug(control.control.id).text)) { row(control, &$0) }
          }
        }
      }
    }
  }

  private func row(_ control: ControlStanding, _ html: inout HTMLWriter) {
    html.element(.th, .scope("row"), .class("day"), text: control.control.id)
    html.element(.td, text: control.control.title)
    html.element(.td) { StateMark(control.fulfilment).write(into: &$0) }
    html.element(.td) { html in
      html.element(.ul, .class("plain")) { html in
        for mapping in control.recommendations {
          html.element(.li) { html in
            if site.hasPage(ofRecommendation: mapping.recommendation) {
              html.link(mapping.title, to: .page(.recommendation(mapping.recommendation)))
            } else {
              html.text(mapping.title)
            }
            if let part = mapping.part { html.text(" (part: \(part))") }
            let results = control.results(of: mapping)
            let counted = results.count { $0.decision.compliance != .notApplicable }
            let failing = results.count { $0.decision.compliance == .notCompliant }
            if failing > 0 {
              html.words(" ")
              html.element(.small, text: "\(failing) of \(counted) fail")
            }
          }
        }
      }
    }
    html.element(.td, text: control.gap ?? "")
  }
}
