#!/usr/bin/env bash
# The tests that are too many for every run: every collection of every tenant removed and emptied, 200 fields of each
# nulled, in an optimised build. Prints what was tried.
set -euo pipefail
cd "$(dirname "$0")/.."

PLUMB_LONG_TESTS=1 swift test -c release -Xswiftc -enable-testing --filter 'MetamorphicTests|AbsenceTests' "$@"
