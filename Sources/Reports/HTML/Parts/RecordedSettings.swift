internal import JSON
internal import Posture
internal import Text

/// The settings that reports keep of an instance's resources: what drift is told from.
///
/// What is recorded of the instance as a whole stands beside each result.
struct RecordedSettings {
  let instance: InstancePlan
  let site: SiteContext

  /// The most resources of one recommendation: a page is no place to read a thousand, `settings.yaml` is.
  private var most: Int { min(10, site.maxAffected) }

  func write(into html: inout HTMLWriter) {
    // In one file every byte counts, and `settings.yaml` has the same.
    guard site.layout == .site, site.maxAffected > 0 else { return }
    let recorded = instance.results.compactMap { result in
      let settings = result.verdict.settings.filter { !$0.id.isEmpty || !$0.label.isEmpty }
      return settings.isEmpty ? nil : (result: result, settings: settings)
    }
    guard !recorded.isEmpty else { return }
    html.element(.section, .labelled(by: "list/settings")) { html in
      html.heading(.h2, "list/settings", "Recorded settings")
      // One line until it is asked for: what is not as it should be stands above.
      html.element(.details) { html in
        html.element(
          .summary,
          text: "What drift is told from, of \(Words.count(recorded.count, "recommendation"))")
        for (result, settings) in recorded { details(of: settings, result, &html) }
      }
    }
  }

  private func details(
    of settings: [ResourceSettings], _ result: RecommendationResult, _ html: inout HTMLWriter
  ) {
    html.element(.details, .class("result")) { html in
      html.element(.summary) { html in
        html.element(.strong, text: result.title)
        html.element(.span, .class("facts"), text: Words.count(settings.count, "resource"))
      }
      table(of: settings, &html)
      if settings.count > most {
        html.note("… and \(Words.count(settings.count - most, "more resource")).")
      } else if result.verdict.settingsAreCut {
        html.note("Of more resources, none are recorded.")
      }
    }
  }

  private func table(of settings: [ResourceSettings], _ html: inout HTMLWriter) {
    let shown = settings.prefix(most)
    var names: [String] = []
    for resource in shown {
      for (name, _) in resource.values where !names.contains(name) { names.append(name) }
    }
    html.scrolling("Recorded settings") { html in
      html.element(.table, .class("small")) { html in
        html.element(.thead) { html in
          html.element(.tr) { html in
            html.element(.th, .scope("col"), words: "Resource")
            for name in names { html.element(.th, .scope("col"), text: name) }
          }
        }
        html.element(.tbody) { html in
          for resource in shown {
            html.element(.tr) { html in
              html.element(.td) { $0.resource(resource.label, id: resource.id) }
              for name in names {
                let value = resource.values.first { $0.name == name }?.value
                html.element(.td) { html in
                  if let value { html.element(.code, text: Fact.words(value, longest: 200)) }
                }
              }
            }
          }
        }
      }
    }
  }
}
