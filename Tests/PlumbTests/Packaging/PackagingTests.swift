import Foundation
import TestSupport
import Testing
import YAML

/// `examples/package`: what of a release can be seen without making one.
@Suite struct PackagingTests {
  private func text(_ path: String) throws -> String {
    try String(contentsOf: ExampleFile.repository.appendingPathComponent(path), encoding: .utf8)
  }

  @Test("every script is one that bash can read")
  func scripts() throws {
    let folder = ExampleFile.repository.path
    let found = try Run(
      "/usr/bin/env",
      ["find", "examples", "Tests", ".ci", "-name", "*.sh", "-o", "-path", ".ci/run"],
      in: folder, environment: Scratch.environment)
    let scripts = found.output.split(separator: "\n").map(String.init)
    #expect(scripts.count > 10)
    for script in scripts {
      let run = try Run("/bin/bash", ["-n", script], in: folder, environment: Scratch.environment)
      #expect(run.status == 0, "\(run.error)")
      #expect(FileManager.default.isExecutableFile(atPath: "\(folder)/\(script)"), "\(script)")
    }
  }

  /// The names of a command and of those below it, as their pages are named.
  private func pages(of command: Node, below path: String = "") throws -> [String] {
    let name = try #require(command["commandName"]?.scalar)
    guard name != "help", command["shouldDisplay"]?.scalar != "false" else { return [] }
    let whole = path.isEmpty ? name : "\(path)-\(name)"
    return [whole]
      + (try (command["subcommands"]?.items ?? []).flatMap { try pages(of: $0, below: whole) })
  }

  @Test("every command has a manual page with all its options, and every shell its completions")
  func share() throws {
    let program = try #require(Program.path)
    let scratch = try Scratch()
    let run = try Run(
      "/bin/bash",
      [
        "\(ExampleFile.repository.path)/examples/package/share.sh", program,
        ExampleFile.repository.path, "\(scratch.path)/share",
      ],
      in: scratch.path,
      environment: Scratch.environment.merging(
        ["SOURCE_DATE_EPOCH": "1780300800", "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"]
      ) { $1 })
    try #require(run.status == 0, "\(run.error)")

    let dump = try Run(
      program, ["--experimental-dump-help"], in: scratch.path, environment: Scratch.environment)
    // JSON is YAML.
    let diagnostics = Diagnostics()
    let root = YAMLParser.parse(dump.output, file: "dump", into: diagnostics).first?.root
    let commands = try pages(of: #require(root?["command"])).sorted()
    #expect(commands.count > 20)
    let man = "\(scratch.path)/share/man/man1"
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: man).sorted()
        == commands.map { "\($0).1.gz" }.sorted())
    let page = try Run(
      "/usr/bin/env", ["zcat", "\(man)/plumb-plan.1.gz"], in: scratch.path,
      environment: Scratch.environment)
    #expect(
      page.output.hasPrefix(".TH \"PLUMB\\-PLAN\" 1 \"2026-06-01\" \"Plumb 0.1.0\" \"Plumb\"\n"))
    for option in [
      #"\fB\-\-no\-refresh\fR"#, #"\fB\-q\fR, \fB\-\-quiet\fR"#, #"\fB\-\-base\fR \fIrev\fR"#,
    ] {
      #expect(page.output.contains(option), "\(option)")
    }
    for place in [
      "bash-completion/completions/plumb", "zsh/vendor-completions/_plumb",
      "fish/vendor_completions.d/plumb.fish",
    ] {
      #expect(scratch.read("share/\(place)")?.contains("no-refresh") == true, "\(place)")
    }
    #expect(scratch.exists("share/plumb/example/desired-state/settings.yaml"))
    #expect(scratch.exists("share/plumb/example/examples/contoso/week-later"))
  }

  @Test("a release pins every dependency of the package, by version and commit")
  func pins() throws {
    let pins = try #require(try ExampleFile("examples/package/pins.json").root["pins"]?.items)
    var places: Set<String> = []
    for pin in pins {
      // Of two spellings of an address SwiftPM takes the one it met first.
      places.insert((pin["location"]?.scalar ?? "").replacing(/\.git$/, with: ""))
      #expect(pin["state"]?["version"]?.scalar?.wholeMatch(of: /\d+\.\d+\.\d+/) != nil)
      #expect(pin["state"]?["revision"]?.scalar?.wholeMatch(of: /[0-9a-f]{40}/) != nil)
      #expect(pin["state"]?["branch"] == nil)
    }
    let dependencies = try text("Package.swift").matches(of: /\.package\(url: "([^"]+)"/)
    #expect(dependencies.count > 5)
    for dependency in dependencies {
      #expect(places.contains(String(dependency.1)), "\(dependency.1)")
    }
  }
}

/// `examples/ci/Dockerfile`, `examples/package/Dockerfile` and `.dockerignore`
@Suite struct ContainerImageTests {
  private func text(_ path: String) throws -> String {
    try String(contentsOf: ExampleFile.repository.appendingPathComponent(path), encoding: .utf8)
  }

  @Test("builds against what the installer installs")
  func packages() throws {
    let installer = try text("examples/install.sh")
    let image = try text("examples/ci/Dockerfile")
    let list = try #require(installer.firstMatch(of: /packages=\(([^)]*)\)/)).1
    let packages = list.split(separator: " ").filter { !$0.contains("$") }
    #expect(packages.count > 4)
    for package in packages {
      #expect(image.contains(package), "\(package)")
    }
  }

  @Test("has what the pipelines run beside Plumb", arguments: ["ci", "package"])
  func programs(folder: String) throws {
    let image = try text("examples/\(folder)/Dockerfile")
    let last = try #require(image.components(separatedBy: "\nFROM ").last)
    for program in ["git", "curl", "jq"] {
      #expect(last.contains(try Regex("\\b\(program)\\b").wordBoundaryKind(.simple)), "\(program)")
    }
  }

  @Test("takes no build and no resolved dependencies of the machine that it is made on")
  func ignored() throws {
    let ignored = try text(".dockerignore").split(separator: "\n").map(String.init)
    for path in [".git", ".build", "Package.resolved"] { #expect(ignored.contains(path)) }
    // The tests' folders are named by the manifest.
    #expect(!ignored.contains { $0.hasPrefix("Tests") || $0.hasPrefix("Sources") })
  }
}
