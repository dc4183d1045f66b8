#!/usr/bin/env bash
# The tests that are too many for every run, in an optimised build: every recommendation with everything absent; every
# collection of every tenant removed and emptied, 200 fields of each nulled; mutated inputs by the hundred thousand; the
# program killed at every call by which observe, apply, push, fetch and mirror change files, the controller at 30 of them; two
# controllers for 20 rounds; every pull request that weakens.
# Prints what was tried. Then a release is made, twice where it is to be shown that it comes out the same (PLUMB_REBUILD=1),
# its bill of materials is held against SPDX, and the release is tried on a plain Debian (as root).
set -euo pipefail
cd "$(dirname "$0")/.."

export PLUMB_LONG_TESTS=1 PLUMB_FUZZ=${PLUMB_FUZZ:-100000} CEL_FUZZ=${CEL_FUZZ:-200000}
swift test -c release --traits Service -Xswiftc -enable-testing \
  --filter 'MetamorphicTests|AbsenceTests|Hostile(Answer|File|Record|Vendor)Tests|CELTests.(FuzzTests|BatchTests)|BatchVerdictTests|(Apply|Push|Mirror|Observe)KillTests|ControllerRaceTests|WeakeningTests' "$@"

# Arguments choose tests; all else goes without.
[ $# -eq 0 ] || exit 0
examples/install.sh lintian python3-venv
release=$(mktemp -d)
trap 'rm -rf "$release"' EXIT
OUT=$release/one examples/package/build.sh
lintian --fail-on error "$release"/one/plumb_*.deb
python3 -m venv "$release/venv"
"$release/venv/bin/pip" install --quiet --disable-pip-version-check spdx-tools==0.8.3
"$release/venv/bin/pyspdxtools" --infile "$release/one/plumb.spdx.json"
if [ "${PLUMB_REBUILD:-}" = 1 ]; then
  OUT=$release/two examples/package/build.sh
  diff --recursive "$release/one" "$release/two"
fi
if [ "$(id -u)" = 0 ]; then
  examples/package/try.sh "$release/one"
else
  echo "The release was not tried on a plain Debian, which takes root: sudo examples/package/try.sh" >&2
fi
