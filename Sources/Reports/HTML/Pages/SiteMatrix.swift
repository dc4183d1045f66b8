internal import Posture

/// Recommendation by instance, app by app: what most instances fail stands first.
struct SiteMatrix {
  let site: SiteContext

  private struct Row {
    let name: String
    let results: [String: RecommendationResult]
    let failing: Int
    let counted: Int
  }

  func write(into html: inout HTMLWriter) {
    html.element(.h1, words: "Matrix")
    html.element(.p, .class("legend")) { html in
      for compliance in [Compliance.notCompliant, .unknown, .compliant, .notApplicable] {
        StateMark(compliance).write(into: &html)
        html.words(" ")
      }
      StateMark(.compliant, isStale: true).write(into: &html)
    }
    let assessed = site.instances.filter(\.recommendations)
    if assessed.isEmpty { html.note("No instance is assessed.") }
    let apps = Dictionary(grouping: assessed, by: \.appTitle)
      .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    for (app, instances) in apps {
      html.element(.section, .labelled(by: "app/\(Slug(app).text)")) { html in
        html.heading(.h2, "app/\(Slug(app).text)", app)
        table(app, instances, &html)
      }
    }
  }

  private func rows(_ instances: [InstancePlan]) -> [Row] {
    var results: [String: [String: RecommendationResult]] = [:]
    for instance in instances {
      for result in instance.results { results[result.name, default: [:]][instance.name] = result }
    }
    return results.map { name, results in
      Row(
        name: name, results: results,
        failing: results.values.count { $0.decision.compliance == .notCompliant },
        counted: results.values.count { $0.decision.compliance != .notApplicable })
    }.sorted { left, right in
      if left.failing != right.failing { return left.failing > right.failing }
      let impacts = (left.results.values.first?.impact, right.results.values.first?.impact)
      if let a = impacts.0, let b = impacts.1, a != b { return a > b }
      return left.name < right.name
    }
  }

  private func table(_ app: String, _ instances: [InstancePlan], _ html: inout HTMLWriter) {
    html.scrolling("Recommendations of \(app) by instance") { html in
      html.element(.table, .class("matrix")) { html in
        html.element(.thead) { html in
          html.element(.tr) { html in
            html.element(.th, .scope("col"), words: "Recommendation")
            html.element(.th, .scope("col"), .class("n"), words: "Fail")
            for instance in instances {
              html.element(.th, .scope("col"), .class("turned")) { html in
                html.link(instance.name, to: .page(.instance(instance.name)))
                if instance.isStale { StateMark(instance).writeShape(into: &html) }
              }
            }
          }
        }
        html.element(.tbody) { html in
          for row in rows(instances) { html.element(.tr) { write(row, instances, &$0) } }
        }
      }
    }
  }

  private func write(_ row: Row, _ instances: [InstancePlan], _ html: inout HTMLWriter) {
    html.element(.th, .scope("row")) { html in
      html.link(
        row.results.values.first?.title ?? row.name, to: .page(.recommendation(row.name)))
    }
    html.element(
      .td, .class("n"), text: row.counted == 0 ? "–" : "\(row.failing) of \(row.counted)")
    for instance in instances {
      html.element(.td) { html in
        guard let result = row.results[instance.name] else { return }
        StateMark(result.decision.compliance, isStale: result.isStale).writeShape(into: &html)
      }
    }
  }
}
