#!/usr/bin/env bash
# Installs what is missing, holds the layout of the code, builds without warnings, and passes every test.
# Arguments go to `swift test`, for example: Tests/run.sh --filter PostureTests
set -euo pipefail
cd "$(dirname "$0")/.."

# xmllint holds JUnit reports against their schema; jq is what the pipelines read comments with; python3 writes the manual pages.
examples/install.sh libxml2-utils jq python3

swift format lint --strict --recursive Package.swift Sources Tests

log=$(mktemp)
trap 'rm -f "$log"' EXIT
swift build --traits Service --build-tests 2>&1 | tee "$log"
if grep -E '(^|/)(Sources|Tests)/[^ ]*: warning:' "$log" | grep -v '/\.build/'; then
  echo "error: the build has warnings of our own" >&2
  exit 1
fi
# Side by side they have some three thousand files open, and a shell often has leave for 1,024. A quarter of an hour on two
# cores: what takes three is stuck.
ulimit -n 16384 2>/dev/null || ulimit -n "$(ulimit -Hn)"
timeout --kill-after=60 45m swift test --traits Service --skip-build "$@" || {
  status=$?
  [ "$status" != 124 ] || echo "error: the tests did not end within 45 minutes" >&2
  exit "$status"
}

# The pages in a browser, where all tests run.
[ $# -gt 0 ] || Tests/Browser/run.sh

# The server before schemathesis and wrk, what is deployed held against the program, a fleet on a real Slurm, likewise.
[ $# -gt 0 ] || Tests/Service/run.sh
[ $# -gt 0 ] || Tests/Service/deploy.sh
[ $# -gt 0 ] || Tests/Fleet/run.sh

# Notifications to receivers that are not ours, likewise.
[ $# -gt 0 ] || Tests/Service/notify.sh
