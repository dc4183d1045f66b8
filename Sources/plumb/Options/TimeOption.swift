#if Service
internal import ArgumentParser
internal import YAML

/// A length of time on the command line: `90s`, `5m`, `6h`, `1d12h`.
struct TimeOption: ExpressibleByArgument, CustomStringConvertible {
  let span: Timespan

  var seconds: Double { Double(span.seconds) }

  init(seconds: Int) { span = Timespan(seconds: seconds) }

  init?(argument: String) {
    guard let span = Timespan(argument) else { return nil }
    self.span = span
  }

  var description: String { span.description }
  var defaultValueDescription: String { description }
}
#endif
