#!/usr/bin/env bash
# Holds manifests against the schemas of Kubernetes, installing what does that.
#
#   Tests/kubernetes.sh FILE…
#   Tests/kubernetes.sh --python SCRIPT ARGUMENT…    # runs a script where that and PyYAML are at hand
set -euo pipefail
cd "$(dirname "$0")/.."

environment=${XDG_CACHE_HOME:-$HOME/.cache}/plumb/fleet-tests
wanted=kubernetes-validate==1.37.0
if [ "$(cat "$environment/.made-of" 2>/dev/null)" != "$wanted" ]; then
  examples/install.sh python3-venv
  rm -rf "$environment"
  python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --disable-pip-version-check "$wanted"
  echo "$wanted" >"$environment/.made-of"
fi
if [ "$1" = --python ]; then
  shift
  exec "$environment/bin/python" "$@"
fi
"$environment/bin/kubernetes-validate" --strict -k 1.37 "$@"
