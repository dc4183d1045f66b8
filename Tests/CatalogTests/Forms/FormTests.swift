import CEL
import Posture
import Testing
import YAML

/// Each recommendation is tried in every form that its conditions suggest.
@Suite struct FormTests {
  @Test(
    "a threshold has a stricter test, a switch one that is off, a demand on everybody a narrowed one"
  )
  func forms() {
    let excepted = Set(FormExceptions.all.map { "\($0.recommendation) \($0.form.rawValue)" })
    for form in Recommendation.Form.allCases {
      var applicable = 0
      var lacking: [String] = []
      for name in CatalogTests.names {
        guard let recommendation = CatalogTests.library.recommendations[name] else { continue }
        let definitions = CatalogTests.state.definitions[recommendation.app.value]
        let forms = ConditionForms(recommendation, definitions: definitions).applicable
        guard forms.contains(form), !excepted.contains("\(name) \(form.rawValue)") else { continue }
        applicable += 1
        if !recommendation.tests.contains(where: { $0.form == form }) { lacking.append(name) }
      }
      print(
        "Form \(form.rawValue): applies to \(applicable) recommendations, \(lacking.count) lack a test of it"
      )
      #expect(lacking == [], "\(form.rawValue)")
    }
  }

  @Test("exceptions are few, each for a recommendation that there is, with the vendor's sentence")
  func exceptions() {
    let names = Set(FormExceptions.all.map(\.recommendation))
    print("Form exceptions: \(FormExceptions.all.count), over \(names.count) recommendations")
    #expect(names.count * 10 <= CatalogTests.names.count)
    for entry in FormExceptions.all {
      #expect(CatalogTests.library.recommendations[entry.recommendation] != nil)
      #expect(entry.sentence.count > 20 && entry.url.hasPrefix("https://"))
    }
  }

  @Test("no condition asks that a value is not a boolean: what is no boolean would pass")
  func inequality() throws {
    var found: [String] = []
    func look(_ expression: Expression, in name: String) {
      expression.forEach { part in
        guard case .call("_!=_", nil, let operands) = part.kind else { return }
        for case .literal(.bool(let value)) in operands.map(\.kind) {
          found.append("\(name): != \(value)")
        }
      }
    }
    for name in CatalogTests.names {
      let recommendation = try #require(CatalogTests.library.recommendations[name])
      for expression in ConditionSources(recommendation, definitions: nil).own {
        look(expression, in: name)
      }
    }
    for (app, definitions) in CatalogTests.state.definitions {
      for source in definitions.values.map(\.source.value) + definitions.functions.map(\.body.value)
      {
        look(try Expression.parse(source), in: "definitions of \(app)")
      }
    }
    #expect(found == [])
  }
}
