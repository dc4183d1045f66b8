#!/usr/bin/env bash
# Writes what lies beside the program, below a folder like /usr/share: manual pages, completions, the example company.
#
#   examples/package/share.sh PROGRAM SOURCE FOLDER
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=$1 source=$2 folder=$3
when=$(date --utc --date "@${SOURCE_DATE_EPOCH:-$(date +%s)}" +%F)

"$program" --experimental-dump-help | python3 "$here/manual.py" "$folder/man/man1" "$("$program" --version)" "$when"
gzip --best --no-name "$folder"/man/man1/*.1

mkdir -p "$folder"/{bash-completion/completions,zsh/vendor-completions,fish/vendor_completions.d}
# bash reads it, nobody runs it: its first line names a program.
"$program" --generate-completion-script bash | sed '1{/^#!/d}' >"$folder/bash-completion/completions/plumb"
"$program" --generate-completion-script zsh >"$folder/zsh/vendor-completions/_plumb"
"$program" --generate-completion-script fish >"$folder/fish/vendor_completions.d/plumb.fish"

# The places are those of the clone, so that the quickstart runs from here too.
mkdir -p "$folder/plumb/example/examples"
cp -R "$source/desired-state" "$folder/plumb/example/"
cp -R "$source/examples/contoso" "$source/examples/quickstart.sh" "$folder/plumb/example/examples/"
