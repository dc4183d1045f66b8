#!/usr/bin/env bash
# Plumb's main job on the example company, in a scratch repository: validate, plan, apply, a change
# in the tenant, plan again, apply again, what git says of it, and a pull request that is stopped. The
# clone stays as it is. Filters keep it to a few screens; without them the commands tell of all seven apps.
#
#   examples/quickstart.sh                # builds the program first
#   PLUMB=plumb examples/quickstart.sh    # takes this one, such as an installed one
set -euo pipefail
cd "$(dirname "$0")/.."
clone=$PWD

if [ -n "${PLUMB:-}" ]; then
  plumb=$(command -v "$PLUMB") || { echo "error: there is no program '$PLUMB'" >&2; exit 1; }
  plumb=$(realpath "$plumb")
else
  echo "Plumb is built first: 8 to 15 minutes the first time on two cores, seconds from then on. To skip that, install" >&2
  echo "a release (Sources/plumb/Documentation.docc/Installing.md) and run PLUMB=plumb $0" >&2
  examples/install.sh
  swift build --configuration release --product plumb >&2
  plumb=$(swift build --configuration release --show-bin-path)/plumb
fi

scratch=$(mktemp -d)
# What Plumb keeps for itself lies outside the repository, and goes with it.
XDG_STATE_HOME=$(mktemp -d)
export XDG_STATE_HOME
trap 'rm -rf "$scratch" "$XDG_STATE_HOME"' EXIT
export GIT_AUTHOR_NAME=Plumb GIT_AUTHOR_EMAIL=plumb@contoso.example
export GIT_COMMITTER_NAME=Plumb GIT_COMMITTER_EMAIL=plumb@contoso.example
export GIT_CONFIG_GLOBAL=/dev/null GIT_PAGER=cat

step() { printf '\n\033[1m== %s\033[0m\n' "$1"; }
run() {
  printf '\033[2m$ %s\033[0m\n' "$*"
  "$@"
}
plumb() { printf '\033[2m$ plumb %s\033[0m\n' "$*"; "$plumb" "$@"; }
# A gate is to stop this one: exit code 3.
stopped() {
  local code=0
  plumb "$@" || code=$?
  printf '\033[2m(exit code %s)\033[0m\n' "$code"
  [[ $code == 3 ]] || { echo "exit code 3 was expected" >&2; exit 1; }
}

step "A repository with Contoso's desired state and its tenants as observed on 1 June"
cd "$scratch"
git init -q --initial-branch=main
cp -r "$clone/desired-state" .
mkdir -p examples/contoso
cp -r "$clone/examples/contoso/observations" "$clone/examples/contoso/exports" examples/contoso/
git add . && git commit -qm "Contoso's desired state"
plumb validate
plumb instances --at 2026-06-01T07:00:00Z

step "The first plan: what of high impact is to be done in Salesforce"
plumb plan --app salesforce --impact high --at 2026-06-01T07:00:00Z

step "Apply: the posture of all seven apps is recorded on the branch plumb/reports"
plumb apply --quiet --at 2026-06-01T07:00:00Z

step "A week later somebody has changed the tenants; the plan shows it, and gates stop the run"
cp -r "$clone/examples/contoso/week-later/." examples/contoso/
git add . && git commit -qm "The tenants as observed on 8 June"
stopped plan --drift --app okta --at 2026-06-08T07:00:00Z

step "Apply records it all the same; git has it"
stopped apply --quiet --at 2026-06-08T07:00:00Z
run git log --format='%h %ad %s' --date=format:%F plumb/reports
run git diff --unified=0 plumb/reports~1 plumb/reports -- reports/instances/zoom-contoso/settings.yaml

step "A pull request switches a tenant off, and its score rises: what it hides stops it"
git checkout -qb less-work
plumb instances off github-contoso
git commit -qam "Assess GitHub later"
stopped plan --base main --app github --impact high --at 2026-06-08T07:00:00Z
git checkout -q main

echo
echo "That was all in $scratch, which is deleted now. In your own repository: plumb init"
