#!/usr/bin/env bash
# The tests that are too many for every run, in an optimised build: every recommendation with everything absent; every
# collection of every tenant removed and emptied, 200 fields of each nulled; mutated inputs by the hundred thousand; the
# program killed at every call by which observe, apply, push, fetch and mirror change files; every pull request that weakens.
# Prints what was tried.
set -euo pipefail
cd "$(dirname "$0")/.."

export PLUMB_LONG_TESTS=1 PLUMB_FUZZ=${PLUMB_FUZZ:-100000} CEL_FUZZ=${CEL_FUZZ:-200000}
swift test -c release -Xswiftc -enable-testing \
  --filter 'MetamorphicTests|AbsenceTests|Hostile(Answer|File|Record|Vendor)Tests|CELTests.(FuzzTests|BatchTests)|BatchVerdictTests|(Apply|Push|Mirror|Observe)KillTests|WeakeningTests' "$@"
