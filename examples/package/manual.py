#!/usr/bin/env python3
"""Writes the manual pages of what `plumb --experimental-dump-help` says on standard input.

    plumb --experimental-dump-help | manual.py FOLDER VERSION DATE

One page for each command: plumb.1, plumb-plan.1, plumb-catalog-list.1, …
"""

import json
import pathlib
import re
import sys


def escaped(text):
    """Text that roff prints as it is: hyphens can be copied, no line is a request."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", text, flags=re.MULTILINE)


def paragraphs(text):
    """Paragraphs as prose; those whose every line is a command line or indented, as examples."""
    lines = []
    for paragraph in re.split(r"\n\s*\n", text.strip("\n")):
        rows = paragraph.split("\n")
        if all(row.startswith(("plumb ", "  ")) for row in rows):
            lines += [".PP", ".RS 4", ".EX", *map(escaped, rows), ".EE", ".RE"]
        else:
            lines += [".PP", *map(escaped, rows)]
    return lines


def names(argument):
    """How an option is written, its short form first."""
    dashes = {"long": "--", "short": "-", "longWithSingleDash": "-"}
    written = [dashes[name["kind"]] + name["name"] for name in argument.get("names", [])]
    return sorted(written, key=len)


def term(argument):
    value = f"\\fI{escaped(argument['valueName'])}\\fR"
    if argument["kind"] == "positional":
        return value
    written = ", ".join(f"\\fB{escaped(name)}\\fR" for name in names(argument))
    return written if argument["kind"] == "flag" else f"{written} {value}"


def told(argument):
    """What the help says of an argument, with its values and its default where the sentence has none."""
    text = " ".join(filter(None, [argument.get("abstract"), argument.get("discussion")]))
    values = argument.get("allValues")
    if values and "values:" not in text:
        text += f" (values: {', '.join(values)})"
    default = argument.get("defaultValue")
    if default and argument["kind"] == "option" and "default:" not in text:
        text += f" (default: {default})"
    return text


def synopsis(path, arguments, subcommands):
    words = [f"\\fB{escaped(' '.join(path))}\\fR"]
    if subcommands:
        words.append("\\fIsubcommand\\fR")
    if any(argument["kind"] != "positional" for argument in arguments):
        words.append("[\\fIoptions\\fR]")
    for argument in arguments:
        if argument["kind"] == "positional":
            word = term(argument) + (" ..." if argument.get("isRepeating") else "")
            words.append(f"[{word}]" if argument.get("isOptional") else word)
    return " ".join(words)


def options(arguments):
    lines = []
    sections = {}
    for argument in arguments:
        title = argument.get("sectionTitle") or (
            "Arguments" if argument["kind"] == "positional" else "Options")
        sections.setdefault(title, []).append(argument)
    for title, members in sections.items():
        lines.append(f".SS {escaped(title)}")
        for argument in members:
            lines += [".TP", term(argument), escaped(told(argument)) or "\\&"]
    return lines


def page(command, path, version, date):
    shown = [a for a in command.get("arguments", []) if a.get("shouldDisplay", True)]
    subcommands = visible(command)
    name = "-".join(path)
    lines = [
        f'.TH "{escaped(name.upper())}" 1 "{date}" "Plumb {version}" "Plumb"',
        # Options are copied: no word is broken, no line is stretched.
        ".nh", ".ad l",
        ".SH NAME", f"{escaped(name)} \\- {escaped(command['abstract'].rstrip('.'))}",
        ".SH SYNOPSIS", synopsis(path, shown, subcommands),
    ]
    if command.get("discussion"):
        lines += [".SH DESCRIPTION", *paragraphs(command["discussion"])[1:]]
    if subcommands:
        lines.append(".SH COMMANDS")
        for subcommand in subcommands:
            title = escaped(f"{name}-{subcommand['commandName']}")
            lines += [".TP", f"\\fB{title}\\fR(1)", escaped(subcommand["abstract"])]
    if shown:
        lines += [".SH OPTIONS", *options(shown)]
    related = [path[:-1]] if len(path) > 1 else []
    related += [[*path, subcommand["commandName"]] for subcommand in subcommands]
    if related:
        pages = [f"\\fB{escaped('-'.join(other))}\\fR(1)" for other in related]
        lines += [".SH SEE ALSO", ", ".join(pages)]
    return "\n".join(lines) + "\n"


def visible(command):
    """The subcommands that help lists; `help` itself needs no page."""
    return [
        subcommand for subcommand in command.get("subcommands", [])
        if subcommand.get("shouldDisplay", True) and subcommand["commandName"] != "help"]


def write(command, above, folder, version, date):
    path = [*above, command["commandName"]]
    file = folder / f"{'-'.join(path)}.1"
    file.write_text(page(command, path, version, date), encoding="utf-8")
    for subcommand in visible(command):
        write(subcommand, path, folder, version, date)


def main():
    folder, version, date = sys.argv[1:]
    dump = json.load(sys.stdin)
    if dump.get("serializationVersion") != 0:
        sys.exit("manual.py: the form of --experimental-dump-help is another than the one known here")
    target = pathlib.Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    write(dump["command"], [], target, version, date)


if __name__ == "__main__":
    main()
