#!/usr/bin/env bash
# Runs one share of a fleet with the secrets of its own instances, and no other.
#
#   FLEET    the fleet's file
#   PARTS    where its parts are: a folder, or git:REMOTE
#   INDEX    the share; by default what the engine says
#   REPO     the repository: a folder or a URL; by default the one that this runs in
#   SECRETS  a folder with a file for each PLUMB_ variable, or a file of lines NAME=value; by default they are in the
#            environment
#
# Arguments go to 'plumb fleet run'. Ends as that does: 75 try again, 78 change something first.
set -euo pipefail

fleet=(--fleet "$FLEET" --index "${INDEX:-auto}" --repo "${REPO:-.}")
needed=$(plumb fleet secrets "${fleet[@]}")
for name in "${!PLUMB_@}"; do
  case $name in
    PLUMB_STORE | PLUMB_CACHE | PLUMB_GIT_*) ;;
    *) grep -qxF "$name" <<<"$needed" || unset "$name" ;;
  esac
done
if [ -d "${SECRETS:-}" ]; then
  for name in $needed; do
    if [ -f "$SECRETS/$name" ]; then export "$name=$(cat "$SECRETS/$name")"; fi
  done
elif [ -n "${SECRETS:-}" ]; then
  while IFS= read -r line; do
    if grep -qxF "${line%%=*}" <<<"$needed"; then export "${line?}"; fi
  done <"$SECRETS"
fi
exec plumb fleet run "${fleet[@]}" --parts "$PARTS" "$@"
