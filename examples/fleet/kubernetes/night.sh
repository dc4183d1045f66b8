#!/usr/bin/env bash
# One night of a fleet on Kubernetes, in the present namespace: splits, runs the shares, merges.
#
# Wants the secrets plumb-credentials (a key for each PLUMB_<INSTANCE>_<FIELD>) and plumb-git (read, write: tokens of the
# repository), and in the manifests the repository's address and the image. A CronJob, Argo Workflows or Tekton can take
# the three jobs just as well.
set -euo pipefail
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")

# Waits until a job has ended, and says whether it did what it was to.
ended() {
  until kubectl get job "$1" -o 'jsonpath={.status.conditions[?(@.status=="True")].type}' \
    | grep -qE 'Complete|Failed'; do sleep "${EVERY:-10}"; done
  kubectl wait --for=condition=complete --timeout=1s "job/$1"
}

kubectl create configmap plumb-scripts --from-file="$here/../share.sh" --dry-run=client -o yaml | kubectl apply -f -
kubectl apply -f "$here/volume.yaml"
kubectl delete job plumb-split plumb-shares plumb-merge --ignore-not-found
kubectl apply -f "$here/split.yaml"
ended plumb-split
kubectl apply -f "$here/shares.yaml"
ended plumb-shares || echo "Some shares failed; merge says which are missing." >&2
kubectl apply -f "$here/merge.yaml"
ended plumb-merge || { kubectl logs job/plumb-merge >&2; exit 1; }
kubectl logs job/plumb-merge
