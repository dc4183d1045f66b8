internal import ArgumentParser
private import Foundation
private import Glibc
internal import Observation

/// The command: one file for each subcommand, nothing but arguments, wiring and exit codes.
@main
struct Plumb: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "plumb",
    abstract: "SaaS security posture, declared in git.",
    discussion: """
      A repository of YAML says which tenants are assessed, which initiatives are tracked and \
      which risks are accepted. 'plan' compares it with what was observed of the tenants and with \
      what was recorded; 'apply' commits the result to the reports branch.

      Exit codes: 0 success, 1 error, 2 changes (with --detailed-exitcode), 3 a gate failed or an \
      observation is held as suspect, 64 wrong usage. Of several the first of 64, 1, 3, 2; all are told. \
      'fleet run' also ends with 75, try again, and 78, change something first.

      Examples:

      plumb init --app okta
      plumb plan
      plumb show --impact high --status toAddress
      plumb apply
      """,
    version: version,
    subcommands: commands)

  /// Each says its name: to find one from a type's, the runtime looks through all that the program has, a millisecond long.
  private static let commands: [any ParsableCommand.Type] = {
    let commands: [any ParsableCommand.Type] = [
      InitCommand.self, ConnectCommand.self, ValidateCommand.self, InstancesCommand.self,
      ObserveCommand.self, ImportCommand.self, PlanCommand.self,
      ApplyCommand.self, ShowCommand.self, HistoryCommand.self, DiffCommand.self, SiteCommand.self,
      ExceptCommand.self, ExplainCommand.self,
      CatalogCommand.self, TestCommand.self, SchemaCommand.self, CELCommand.self,
      FleetCommand.self, NotifyCommand.self,
    ]
    #if Service
    return commands + [ControllerCommand.self, ServeCommand.self]
    #else
    return commands
    #endif
  }()

  static func main() async {
    // A reader that goes away is no fault, whatever the parent process made of the signal.
    signal(SIGPIPE, SIG_IGN)
    OwnFaults.handle()
    // Whatever is said from here on, be it of a wrong argument.
    SecretGate.process.add(CredentialSource.secrets(in: ProcessInfo.processInfo.environment))
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      if let fault = CommandNames.fault(in: arguments) {
        Console.error(fault)
        exit(with: Ending([.usage]))
      }
      var command = try parseAsRoot(HelpOfDefault.arguments(arguments))
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      exit(with: Ending())
    } catch let ending as Ending {
      exit(with: ending)
    } catch let failure as Failure {
      Console.error(failure.text)
      exit(with: Ending([.error]))
    } catch {
      if let text = Failure.text(of: error) {
        Console.error(text)
        exit(with: Ending([.error]))
      }
      // The parser's: help, the version and completions are results, all else is wrong usage.
      // It quotes arguments, among which a secret may have slipped.
      let values = CredentialSource.values(in: ProcessInfo.processInfo.environment)
      let text = SecretGate(secrets: values).telling(fullMessage(for: error))
      if exitCode(for: error).isSuccess {
        let result = CompletionOfDefault.script(
          text, for: Array(CommandLine.arguments.dropFirst()))
        if !result.isEmpty { Console.print(result) }
        exit(with: Ending())
      }
      Console.note(text)
      exit(with: Ending([exitCode(for: error) == .validationFailure ? .usage : .error]))
    }
  }

  /// A result that did not reach standard output is an error, whatever it would have said.
  private static func exit(with ending: Ending) -> Never {
    var ending = ending
    if let fault = Console.outputFault { ending.fail(fault) }
    Glibc.exit(ending.code.rawValue)
  }
}
