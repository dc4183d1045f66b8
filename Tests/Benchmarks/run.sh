#!/usr/bin/env bash
# Measures Plumb beside what it is compared with, in one run, and appends the table to Tests/Benchmarks/RESULTS.md.
#
# Builds a release of plumb and of the benchmarks, the programs of baselines/ (simdjson, libyaml), and a virtual environment with
# DuckDB, all below .build of this folder; nothing of it reaches a user's build. --only ROW, --quick, --rounds, --size and others: --help.
#
# usage: Tests/Benchmarks/run.sh [OPTION]…
#   PLUMB            a release build that is there already
#   BENCHMARKS       the folder of PlumbBenchmarks and CELBenchmarks that are there already
#   PLUMB_EXPORTS    a folder with ProviderSettingsExport.json of ScubaGear (default: ../shared/real/m365 beside the repository)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=$here/.build/table
mkdir -p "$build"

if [[ -z ${PLUMB:-} ]]; then
  # As releases are built: Swift's libraries within, which saves each start of the program the time to load them.
  swift build -c release --static-swift-stdlib --package-path "$root" --product plumb
  PLUMB=$root/.build/release/plumb
fi
if [[ -z ${BENCHMARKS:-} ]]; then
  for product in CELBenchmarks PlumbBenchmarks; do
    swift build -c release --package-path "$here" --product "$product"
  done
  BENCHMARKS=$here/.build/release
fi
c++ -O3 -std=c++17 -march=native "$here/baselines/simdjson_lines.cpp" -lsimdjson -o "$build/simdjson_lines"
cc -O3 "$here/baselines/yaml_events.c" -lyaml -o "$build/yaml_events"
if [[ ! -x $build/python/bin/python ]]; then
  python3 -m venv "$build/python"
  "$build/python/bin/pip" install --quiet duckdb==2.0.1
fi

given=()
for name in cel=CELBenchmarks benchmarks=PlumbBenchmarks; do
  if [[ -x $BENCHMARKS/${name#*=} ]]; then given+=("--${name%%=*}" "$BENCHMARKS/${name#*=}"); fi
done
exec "$build/python/bin/python" "$here/table/main.py" --plumb "$PLUMB" --baselines "$build" "${given[@]}" \
  --exports "${PLUMB_EXPORTS:-$root/../shared/real/m365}" "$@"
