#!/usr/bin/env bash
# Notifications against receivers that are not ours: a webhook that Python verifies, the forms of Slack and Teams, and a
# real Alertmanager, which is told what begins and what is over, and hands both on. All on the loopback interface.
#
# Alertmanager is Debian's, unpacked and not installed: installing would start it. PLUMB names the program: by default
# the one that was just built.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
PLUMB=$(realpath "${PLUMB:-.build/debug/plumb}")
examples/install.sh python3

cache=${XDG_CACHE_HOME:-$HOME/.cache}/plumb/notify-tests
if [ ! -x "$cache/usr/bin/prometheus-alertmanager" ]; then
  mkdir -p "$cache"
  (cd "$cache" && { apt-get download -qq prometheus-alertmanager 2>/dev/null ||
    { apt-get update -qq && apt-get download -qq prometheus-alertmanager; }; })
  dpkg-deb -x "$cache"/prometheus-alertmanager_*.deb "$cache"
fi

work=$(mktemp -d)
pids=()
stop() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait
  [ "${1:-0}" = 0 ] || tail -n 5 "$work"/*.log >&2 2>/dev/null || true
  rm -rf "$work"
}
trap 'stop $?' EXIT

# One receiver for each kind, and one that Alertmanager hands on to. That of the webhook fails twice at first.
receive() {
  python3 "$root/Tests/Service/notify/receiver.py" "$work/$1.port" "$work/$1.log" "${@:2}" &
  pids+=($!)
  touch "$work/$1.log"
  until [ -s "$work/$1.port" ]; do sleep 0.05; done
}
receive webhook 503 429
receive slack
receive teams
receive handed
port() { cat "$work/$1.port"; }

# Templates are sought where Debian installs them.
cat >"$work/alertmanager.yml" <<YAML
route: { receiver: handed, group_by: ['...'], group_wait: 0s, group_interval: 1s, repeat_interval: 1h }
receivers:
  - name: handed
    webhook_configs: [{ url: 'http://127.0.0.1:$(port handed)/', send_resolved: true }]
YAML
free=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir "$work/alerts"
templates=/usr/share/prometheus/alertmanager
for name in default.tmpl email.tmpl; do
  [ ! -e "$templates/$name" ] || continue
  if [ ! -w /usr/share ]; then
    echo "Alertmanager was not run: it wants $templates/$name, which takes root to put there" >&2
    exit 0
  fi
  mkdir -p "$templates"
  cp "$cache$templates/$name" "$templates/$name"
done
"$cache/usr/bin/prometheus-alertmanager" --config.file="$work/alertmanager.yml" \
  --storage.path="$work/alerts" --web.listen-address="127.0.0.1:$free" \
  --cluster.listen-address= >"$work/alertmanager.log" 2>&1 &
alertmanager=$!
pids+=("$alertmanager")
until python3 -c "import urllib.request as u; u.urlopen('http://127.0.0.1:$free/-/ready')" 2>/dev/null; do
  kill -0 "$alertmanager" # Else it would be waited for in vain.
  sleep 0.1
done

export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=a@contoso.example \
  GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=a@contoso.example XDG_STATE_HOME=$work/state
SECRET="whsec_$(head -c 32 /dev/urandom | base64 -w 0) whsec_$(head -c 32 /dev/urandom | base64 -w 0)"
export SECRET
channels=(
  "PLUMB_NOTIFY_ANY_URL=http://127.0.0.1:$(port webhook)/plumb" "PLUMB_NOTIFY_ANY_SECRET=$SECRET"
  "PLUMB_NOTIFY_CHAT_URL=http://127.0.0.1:$(port slack)/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX"
  PLUMB_NOTIFY_CHAT_KIND=slack
  "PLUMB_NOTIFY_TEAM_URL=http://127.0.0.1:$(port teams)/workflows/abc" PLUMB_NOTIFY_TEAM_KIND=teams
  "PLUMB_NOTIFY_PAGER_URL=http://127.0.0.1:$free" PLUMB_NOTIFY_PAGER_KIND=alertmanager
)

# A company with one tenant of an app of its own, as its data lies in the repository.
company=$work/company
python3 "$root/Tests/Service/notify/company.py" "$company"
observe() { python3 "$root/Tests/Service/notify/company.py" "$company" "$@"; }
git -c init.defaultBranch=main init --quiet "$company"
record() {
  git -C "$company" add --all
  git -C "$company" commit --quiet --message "$1"
}
apply() { env "${channels[@]}" "$PLUMB" apply --notify --repo "$company" --at "$1" >"$work/apply.out" 2>"$work/apply.err"; }
count() { wc -l <"$work/$1.log"; }
verify() { python3 "$root/Tests/Service/notify/verify.py" "$1" "$work/$2.log" "${@:3}"; }

record "All is well"
apply 2026-06-01T07:00:00Z
[ "$(count webhook)" = 0 ] && [ "$(count slack)" = 0 ] # nothing fails, nothing is told

observe --mfa 1 --at 2026-06-02T06:00:00Z
record "Two users have no second factor"
apply 2026-06-02T07:00:00Z
begun='Not compliant: Require a second factor, on acme-eu'
[ "$(count webhook)" = 3 ] # two refusals, and the third try
[ "$(jq -r '.headers["webhook-id"]' "$work/webhook.log" | sort -u | wc -l)" = 1 ]
verify webhook webhook "$begun"
verify slack slack "$begun"
verify teams teams "$begun"

apply 2026-06-02T08:00:00Z # nothing new is recorded: nobody is told again
[ "$(count webhook)" = 3 ] && [ "$(count slack)" = 1 ] && [ "$(count teams)" = 1 ]

observe --mfa 3 --at 2026-06-03T06:00:00Z
record "All have one again"
apply 2026-06-03T07:00:00Z
over='Resolved: Require a second factor, on acme-eu'
verify webhook webhook "$over"
verify slack slack "$over"
verify teams teams "$over"
for _ in $(seq 100); do
  grep -q . "$work/handed.log" && [ "$(count handed)" -ge 2 ] && break
  sleep 0.1
done
verify alertmanager handed "firing PlumbNotCompliant $begun" "resolved PlumbNotCompliant $over"

# A channel without an address is an error that says which variable; the report is recorded all the same.
observe --mfa 2 --at 2026-06-04T06:00:00Z
record "One has none"
before=$(git -C "$company" rev-parse plumb/reports)
status=0
env -u NONE "${channels[@]:2}" "$PLUMB" apply --notify --repo "$company" --at 2026-06-04T07:00:00Z \
  >"$work/apply.out" 2>"$work/apply.err" || status=$?
[ "$status" = 1 ] && grep -q 'set PLUMB_NOTIFY_ANY_URL' "$work/apply.err"
[ "$(git -C "$company" rev-parse plumb/reports)" != "$before" ]
! grep -rq XXXXXXXXXXXXXXXXXXXXXXXX "$work/apply.out" "$work/apply.err"
echo "Notifications are as they should be."
