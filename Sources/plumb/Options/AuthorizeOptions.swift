internal import ArgumentParser
internal import Connectors
internal import Observation
internal import Reports

/// Whether a person allows access in a browser, and where the refresh token goes then.
struct AuthorizeOptions: ParsableArguments {
  @Flag(
    help:
      "Have access allowed in a browser now, for an app whose credentials begin with that; the refresh token goes into --token-store."
  )
  var authorize = false

  @Flag(
    help:
      "Ask for the code, or for the whole address that the page led to, on standard input: for machines without a browser."
  )
  var paste = false

  @Option(
    help: ArgumentHelp(
      "Where the page leads to, as the vendor was told: http://127.0.0.1:PORT/ on this machine (default: \(RedirectTarget.usual)), another address with --paste.",
      valueName: "url"))
  var redirectUri: String?

  @Flag(help: "Print the refresh token to standard output, as PLUMB_<INSTANCE>_<FIELD>=….")
  var printToken = false

  func validate() throws {
    let dependent = [
      ("--paste", paste), ("--redirect-uri", redirectUri != nil), ("--print-token", printToken),
    ]
    for (option, isGiven) in dependent where isGiven && !authorize {
      throw ValidationError("\(option) goes with --authorize.")
    }
  }

  /// How access to the instance's app is allowed; nil where that takes no browser.
  func authorizer(for target: ObservationTarget) throws -> Authorizer? {
    let authorizer = Authorizer(target)
    guard authorize else { return authorizer }
    guard let authorizer else {
      throw Failure(
        "the credentials of \(target.connector.displayName) are made in its console: there is nothing to allow in a browser"
      )
    }
    return authorizer
  }

  /// Has access allowed where that was asked for, or whoever sits at the terminal wants it.
  ///
  /// - Parameter store: Where the token is kept; nil for nowhere.
  /// - Returns: Whether it was allowed.
  func allow(
    _ authorizer: Authorizer, at instance: String, keeping store: TokenStore?,
    options: ObserverOptions
  ) async throws -> Bool {
    if !authorize {
      guard store != nil, authorizer.missing.isEmpty, !authorizer.isGiven else { return false }
      let answer = Question.answer(
        "Allow access in a browser now", example: "yes",
        problem: { ["yes", "no"].contains($0) ? nil : "answer yes or no" })
      guard answer == "yes" else { return false }
    }
    guard authorizer.missing.isEmpty else {
      throw Failure("set \(authorizer.missing.joined(separator: ", ")) before access is allowed")
    }
    guard store != nil || printToken else {
      throw Failure(
        "say where the refresh token goes: --token-store FILE keeps it outside the repository, --print-token shows it"
      )
    }
    let isPasted = paste
    let redirect = try RedirectTarget(
      redirectUri, isPasted: isPasted, showsCode: authorizer.showsCode)
    let token = try await authorizer.refreshToken(
      redirect: redirect, options: options,
      open: { page in
        Console.note("Open this page, sign in as the setup says, and allow access:\n")
        Console.reveal("  \(page)\n", isResult: false)
        if !isPasted { Console.note("Its answer is waited for on this machine.") }
      },
      pasted: {
        Console.prompt("The code, or the whole address that the page led to: ")
        return readLine()
      })
    if printToken {
      if authorizer.rotates, store == nil {
        Console.note(
          "This token may change with each use: give it to one place alone, with --token-store.")
      }
      Console.reveal("\(authorizer.variable)=\(token)", isResult: true)
    }
    if let store {
      try await authorizer.keep(token, in: store)
      Console.note(
        "The refresh token of '\(instance)' is kept in \(store.path): --token-store gives it, \(authorizer.variable) need not be set."
      )
    }
    return true
  }
}
