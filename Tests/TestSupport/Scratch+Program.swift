extension Scratch {
  /// Runs the program in a folder below the scratch folder.
  ///
  /// - Parameter environment: Beside `Scratch.environment`.
  package func plumb(
    _ arguments: [String], in folder: String = "repository", environment: [String: String] = [:]
  ) throws -> Run {
    try start(arguments, in: folder, environment: environment).finish()
  }

  package func plumb(_ arguments: String..., in folder: String = "repository") throws -> Run {
    try plumb(arguments, in: folder)
  }

  /// Starts the program in a folder below the scratch folder.
  package func start(
    _ arguments: [String], in folder: String = "repository", environment: [String: String] = [:]
  ) throws -> Run.Started {
    guard let program = Program.path else {
      throw Failure(description: "the program is not built: run 'swift build' first")
    }
    return try Run.Started(
      program, arguments, in: "\(path)/\(folder)",
      environment: Self.environment.merging(environment) { $1 })
  }
}
