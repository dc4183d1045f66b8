internal import JSON
internal import Posture
package import YAML

extension JSONReport {
  /// `plumb validate`: an object of kind `Validation`, with every diagnostic of every file.
  package static func validation(
    _ diagnostics: [Diagnostic], counts: DeclaredCounts
  ) -> [UInt8] {
    document("Validation") { writer in
      writer.member("valid", !diagnostics.contains { $0.severity == .error })
      writer.object("counts") { writer in
        writer.member("files", counts.files)
        writer.member("instances", counts.instances)
        writer.member("assessed", counts.assessed)
        writer.member("initiatives", counts.initiatives)
        writer.member("exceptions", counts.exceptions)
        writer.member("recommendations", counts.recommendations)
      }
      writer.diagnostics(diagnostics)
    }
  }

  /// `plumb test`: an object of kind `TestRun`.
  package static func tests(_ tests: TestRun) -> [UInt8] {
    document("TestRun") { writer in
      writer.member("recommendations", tests.recommendations)
      writer.member("passed", tests.passed)
      writer.failures("failures", tests.failures)
      writer.object("absence") { writer in
        writer.member("paths", tests.absence.paths)
        writer.member("forms", tests.absence.forms)
        writer.member("citations", tests.absence.citations.count)
        writer.failures("findings", tests.findings)
      }
      writer.diagnostics(tests.diagnostics)
    }
  }
}

extension JSONWriter {
  fileprivate mutating func failures(
    _ name: String, _ failures: [RecommendationTester.Failure]
  ) {
    array(name) { writer in
      for failure in failures {
        writer.elementObject { writer in
          writer.member("recommendation", failure.recommendation)
          writer.place(failure.mark)
          writer.member("message", Phrases.text(of: failure))
        }
      }
    }
  }

  fileprivate mutating func diagnostics(_ diagnostics: [Diagnostic]) {
    array("diagnostics") { writer in
      for diagnostic in diagnostics {
        writer.elementObject { writer in
          writer.member("severity", diagnostic.severity.rawValue)
          writer.place(diagnostic.mark)
          writer.member("message", diagnostic.message)
        }
      }
    }
  }

  /// Line and column from 1, as compilers print them.
  fileprivate mutating func place(_ mark: Mark) {
    member("file", mark.file)
    member("line", mark.line)
    member("column", mark.column)
  }
}
