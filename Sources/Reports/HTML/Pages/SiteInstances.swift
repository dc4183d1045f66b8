internal import Posture

/// Every instance, and what cannot be seen of each.
struct SiteInstances {
  let site: SiteContext

  func write(into html: inout HTMLWriter) {
    html.element(.h1, words: "Instances")
    InstanceTable(site: site).write(into: &html)
    let gaps = Gaps.of(site.comparison)
    guard !gaps.isEmpty else { return }
    html.element(.section, .labelled(by: "unseen")) { html in
      html.heading(.h2, "unseen", "What is not seen")
      html.element(.dl, .class("affected")) { html in
        for gap in gaps {
          html.element(.dt) { $0.instanceLink(gap.instance.name, in: site) }
          html.element(.dd) { html in
            html.element(.ul, .class("plain")) { html in
              for sentence in gap.sentences.prefix(10) { html.element(.li, text: sentence) }
            }
          }
        }
      }
    }
  }
}
