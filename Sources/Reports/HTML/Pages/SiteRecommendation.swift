internal import Posture
internal import Text
internal import YAML

/// One recommendation: why, how, where it is met and where not, what became of it, what was decided about it.
struct SiteRecommendation {
  let name: String
  let site: SiteContext

  private var results: [RecommendationResult] { site.byRecommendation[name] ?? [] }

  func write(into html: inout HTMLWriter) {
    let results = site.index.urgencies.sorted(self.results).map(\.result)
    guard let first = results.first else { return }
    let recommendation = results.lazy.compactMap(\.recommendation).first
    html.element(.h1, text: first.title)
    facts(first, recommendation, &html)
    if let recommendation, !recommendation.rationale.isEmpty {
      html.element(.div, .class("prose", "rationale")) {
        ProseHTML.write(recommendation.rationale, into: &$0)
      }
    }
    standings(results, &html)
    affected(results, &html)
    if let recommendation { remedy(recommendation, results, &html) }
    course(&html)
    exceptions(&html)
    accept(results, &html)
    if let recommendation { about(recommendation, &html) }
  }

  private func facts(
    _ first: RecommendationResult, _ recommendation: Recommendation?, _ html: inout HTMLWriter
  ) {
    let app = site.instance(first.instance)?.appTitle ?? ""
    html.element(.p, .class("facts")) { html in
      html.element(.code, text: name)
      var facts = [app, "\(first.impact.rawValue) impact", Words.count(first.points, "point")]
      if let recommendation { facts.append(recommendation.category.rawValue) }
      for fact in facts + first.effort {
        html.words(" · ")
        html.text(fact)
      }
    }
    let failing = results.count { $0.decision.compliance == .notCompliant }
    let counted = results.count { $0.decision.compliance != .notApplicable }
    html.element(.p, .class("answer")) { html in
      html.text(
        counted == 0
          ? "It applies to no instance."
          : "\(failing) of \(Words.count(counted, "instance")) \(counted == 1 && failing == 1 ? "fails" : "fail")."
      )
      let gains = Set(results.filter(\.isOpen).flatMap { $0.gains.map(\.title) })
      if let best = results.filter(\.isOpen).compactMap(\.gain).first, !gains.isEmpty {
        html.text(" Completing it brings up to \(best.points) for \(best.initiative).")
      }
    }
  }

  private func standings(_ results: [RecommendationResult], _ html: inout HTMLWriter) {
    html.element(.section, .labelled(by: "instances")) { html in
      html.heading(.h2, "instances", "Where it stands how")
      html.scrolling("Instances") { html in
        html.element(.table, .data("data-sortable")) { html in
          html.head("Instance", "Compliance", "Status", ">Affected", ">Gain", "Since", "Exception")
          html.element(.tbody) { html in
            for result in results {
              html.element(.tr) { row(result, &$0) }
            }
          }
        }
      }
    }
  }

  private func row(_ result: RecommendationResult, _ html: inout HTMLWriter) {
    html.element(.td) { $0.link(result.instance, to: .result(name, on: result.instance)) }
    html.verdictCells(result)
    html.numberCell(result.gain?.points ?? "–")
    html.element(.td, .class("day"), text: result.since?.day ?? "–")
    html.element(.td) { html in
      if let exception = result.exception {
        html.link(exception, to: .page(.exceptions, anchor: Slug(exception).text))
      }
    }
  }

  /// A few of each instance; all that are named stand on the page of the instance.
  private func affected(_ results: [RecommendationResult], _ html: inout HTMLWriter) {
    let affected = results.filter { $0.decision.affectedCount > 0 }
    guard !affected.isEmpty, site.maxAffected > 0 else { return }
    html.element(.section, .labelled(by: "affected")) { html in
      html.heading(.h2, "affected", "What is affected")
      html.element(.dl, .class("affected")) { html in
        for result in affected.prefix(50) {
          let named = result.decision.affected.prefix(min(5, site.maxAffected))
          html.element(.dt) { $0.link(result.instance, to: .result(name, on: result.instance)) }
          html.element(.dd) { html in
            for (index, resource) in named.enumerated() {
              if index > 0 { html.words(", ") }
              html.text(
                Words.resource(
                  label: Escaping.clipped(resource.label, to: 80),
                  id: resource.label.isEmpty ? Escaping.clipped(resource.id, to: 80) : nil))
              if let facts = result.verdict.decidingFacts(of: resource).text(most: 2, longest: 60) {
                html.words(" ")
                html.element(.small, text: facts)
              }
            }
            let rest = result.decision.affectedCount - named.count
            if rest > 0 { html.text(named.isEmpty ? "\(rest)" : " and \(rest) more") }
          }
        }
      }
    }
  }

  private func remedy(
    _ recommendation: Recommendation, _ results: [RecommendationResult], _ html: inout HTMLWriter
  ) {
    html.element(.section, .class("prose"), .labelled(by: "remedy")) { html in
      html.heading(.h2, "remedy", "How to remedy it")
      var seen: Set<String> = []
      let links = results.filter { $0.decision.compliance != .compliant }.compactMap { result in
        result.manage.flatMap { link in
          seen.insert(link).inserted ? (title: result.instance + ":", address: link) : nil
        }
      }
      AdviceParts(recommendation: recommendation, site: site)
        .remediation(Array(links.prefix(10)), into: &html)
    }
  }

  // MARK: What became of it

  private func course(_ html: inout HTMLWriter) {
    guard let history = site.story.courses[name], !history.isEmpty else { return }
    let entries = history.ordered.flatMap { course in
      course.entries.map { (course.instance, $0) }
    }.sorted { ($0.1.report.at, $1.0) > ($1.1.report.at, $0.0) }
    guard !entries.isEmpty else { return }
    html.element(.section, .labelled(by: "course")) { html in
      html.heading(.h2, "course", "What became of it")
      html.scrolling("What became of it") { html in
        html.element(.table) { html in
          html.head("Report", "Instance", "What", "Who")
          html.element(.tbody) { html in
            for (instance, entry) in entries.prefix(100) {
              html.element(.tr) { html in
                html.element(.td, .class("day")) { html in
                  html.time(entry.report.at, isDay: true)
                  html.words(" ")
                  html.commit(entry.report.revision, in: site)
                }
                html.element(.td) { $0.instanceLink(instance, in: site) }
                html.element(.td, text: entry.sentence)
                html.element(.td, text: entry.attribution ?? "")
              }
            }
          }
        }
      }
      if entries.count > 100 { html.note("… and \(entries.count - 100) earlier ones.") }
    }
  }

  // MARK: What was decided, and how to decide

  private func exceptions(_ html: inout HTMLWriter) {
    let about = site.comparison.exceptions.filter { item in
      item.exception.recommendations.contains { $0.value == name }
    }.sorted(by: ExceptionPlan.endsFirst)
    guard !about.isEmpty else { return }
    html.element(.section, .labelled(by: "exceptions")) { html in
      html.heading(.h2, "exceptions", "Exceptions")
      ExceptionParts(site: site).table(about, into: &html)
    }
  }

  private func accept(_ results: [RecommendationResult], _ html: inout HTMLWriter) {
    guard let open = results.first(where: \.isOpen) else { return }
    html.element(.section, .labelled(by: "decide")) { html in
      html.heading(.h2, "decide", "Decide otherwise")
      html.element(
        .p, words: "An exception is declared in a pull request, with an owner and an end:")
      html.command(
        "plumb except \(name) --instance \(open.instance) --status riskAccepted --expires YYYY-MM-DD --owner NAME --justification 'WHY'"
      )
    }
  }

  private func about(_ recommendation: Recommendation, _ html: inout HTMLWriter) {
    let advice = AdviceParts(recommendation: recommendation, site: site)
    html.element(.section, .labelled(by: "about")) { html in
      html.heading(.h2, "about", "What it stands for")
      html.element(.dl, .class("facts")) { html in
        if !recommendation.controls.isEmpty {
          html.element(.dt, words: "Controls")
          html.element(.dd) { advice.controls(into: &$0) }
        }
        if !recommendation.threats.isEmpty {
          html.element(.dt, words: "Threats")
          html.element(.dd, text: recommendation.threats.map(\.rawValue).joined(separator: ", "))
        }
        for difference in recommendation.differs {
          html.element(.dt, words: "Differs")
          html.element(.dd, text: "\(difference.summary): \(difference.why)")
        }
        if !recommendation.references.isEmpty {
          html.element(.dt, words: "References")
          html.element(.dd) { advice.references(into: &$0) }
        }
        html.element(.dt, words: "Defined")
        html.element(.dd) { html in
          if recommendation.origin == .desiredState {
            html.source(recommendation.mark, in: site)
          } else {
            html.text(
              recommendation.isOverridden
                ? "in Plumb's catalog, changed by this repository" : "in Plumb's catalog")
          }
        }
      }
    }
  }
}
