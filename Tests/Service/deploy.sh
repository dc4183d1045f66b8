#!/usr/bin/env bash
# examples/deploy as far as it can be held without a cluster: units against systemd's own reckoning of what they expose,
# manifests against the schemas of Kubernetes, rules and the alerts they raise by promtool, and every option and metric that
# is named against the program.
set -euo pipefail
cd "$(dirname "$0")/../.."
PLUMB=$(realpath "${PLUMB:-.build/debug/plumb}")
examples/install.sh prometheus systemd python3-venv
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

for unit in examples/deploy/systemd/*.service; do
  # 2.0 of 10 at the most.
  systemd-analyze security --offline=true --no-pager --threshold=20 "$unit" | tail -n 1
done
# The program stands elsewhere than where the package puts it.
for unit in examples/deploy/systemd/*; do
  sed "s|/usr/bin/plumb|$PLUMB|; s|man:plumb(1)|https://plumb.example|" "$unit" >"$scratch/$(basename "$unit")"
done
systemd-analyze verify "$scratch"/*.service "$scratch"/*.timer

find examples/deploy/kubernetes -name '*.yaml' ! -name kustomization.yaml -exec Tests/kubernetes.sh {} +

(
  cd examples/deploy/prometheus
  promtool check config prometheus.yaml
  promtool test rules plumb.rules.test.yaml
)

"$PLUMB" plan --quiet --at 2026-06-01T07:00:00Z --store "$scratch/store" --output "openmetrics=$scratch/metrics" >/dev/null \
  || [ $? = 3 ] # A gate of the example fails.
Tests/kubernetes.sh --python Tests/Service/deploy.py "$PLUMB" "$scratch/metrics"
