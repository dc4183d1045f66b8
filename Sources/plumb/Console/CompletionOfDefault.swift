internal import ArgumentParser

/// Completion of a command that does something by default: what follows its name is completed as if what it
/// does were named too, so that `plumb show --<TAB>` offers the options of `plumb show recommendations`.
///
/// The parser's scripts complete only what is named. Each is told to put the name in; what it offers of a
/// command stays its own.
enum CompletionOfDefault {
  /// A command, the subcommand that it stands for, and all of them.
  private struct Command {
    let name: String
    let standard: String
    let all: [String]
  }

  private static let option = "--generate-completion-script"

  /// The script with what defaults are added, where the arguments ask for a script.
  static func script(_ script: String, for arguments: [String]) -> String {
    guard arguments.contains(where: { $0.hasPrefix(option) }) else { return script }
    if script.hasPrefix("#!/bin/bash") { return bash(script) }
    if script.hasPrefix("#compdef") { return zsh(script) }
    return fish(script)
  }

  private static var commands: [Command] {
    Plumb.configuration.subcommands.compactMap { command in
      command.configuration.defaultSubcommand.map { standard in
        Command(
          name: command._commandName, standard: standard._commandName,
          all: command.configuration.subcommands.map { $0._commandName })
      }
    }
  }

  /// Completes the line as it is, which offers the subcommands, and as it is with the name put in.
  private static func bash(_ script: String) -> String {
    let cases = commands.map { command in
      """
          \(command.name)) standard='\(command.standard)' names='\(command.all.joined(separator: " "))' ;;
      """
    }.joined(separator: "\n")
    let function = """

      _plumb_by_default() {
          local standard='' names=''
          case "${COMP_WORDS[1]}" in
      \(cases)
          esac
          if [[ -z "${standard}" || "${COMP_CWORD}" -lt 2 || " ${names} " = *" ${COMP_WORDS[2]} "* ]]; then
              _plumb "${@}"
              return
          fi
          [[ "${COMP_CWORD}" -gt 2 || "${2}" = -* ]] || _plumb "${@}"
          local -a words=("${COMP_WORDS[@]}")
          local line="${COMP_LINE}"
          local -i point="${COMP_POINT}" place="${COMP_CWORD}"
          local -a COMP_WORDS=("${words[@]:0:2}" "${standard}" "${words[@]:2}")
          local COMP_LINE="${line/${words[1]}/${words[1]} ${standard}}"
          local -i COMP_POINT="$((point + ${#standard} + 1))" COMP_CWORD="$((place + 1))"
          _plumb "${@}"
      }

      """
    // The last line says which function completes.
    return script.replacing("\ncomplete ", with: function + "\ncomplete ", maxReplacements: 1)
      .replacing(/-F _plumb plumb/, with: "-F _plumb_by_default plumb")
  }

  private static func zsh(_ script: String) -> String {
    commands.reduce(script) { script, command in
      let head = "_plumb_\(command.name)() {\n    local -i ret=1\n"
      let turn = """
            if [[ "${CURRENT}" -ge 2 && " \(command.all.joined(separator: " ")) " != *" ${words[2]} "* ]]; then
                words[1]='\(command.standard)'
                _plumb_\(command.name)_\(command.standard) && ret=0
                [[ "${CURRENT}" -gt 2 || "${words[2]}" = -* ]] && return "${ret}"
                words[1]='\(command.name)'
            fi

        """
      return script.replacing(head, with: head + turn, maxReplacements: 1)
    }
  }

  private static func fish(_ script: String) -> String {
    let tokens = "    set -l unparsed_tokens (__plumb_tokens -pc)\n"
    let turns = commands.map { command in
      """
          case '\(command.name)'
              if not contains -- "$unparsed_tokens[3]" \(command.all.joined(separator: " "))
                  set -l rest $unparsed_tokens
                  set -e rest[1..2]
                  set unparsed_tokens $unparsed_tokens[1..2] '\(command.standard)' $rest
              end

      """
    }.joined()
    var script = script.replacing(
      tokens, with: tokens + "    switch \"$unparsed_tokens[2]\"\n\(turns)    end\n")
    script = script.replacing(
      "\nfunction __plumb_tokens\n",
      with: """

        function __plumb_follows -a command
            set -l tokens (__plumb_tokens -pc)
            test (count $tokens) -eq 2 -a "$tokens[2]" = "$command"
        end

        function __plumb_tokens

        """, maxReplacements: 1)
    for command in commands {
      script = script.replacing(
        #"'__plumb_should_offer_completions_for_positional "plumb \#(command.name)" -eq 1'"#,
        with: "'__plumb_follows \(command.name)'")
    }
    return script
  }
}
