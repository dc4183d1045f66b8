#!/usr/bin/env bash
# The real server before tools that others wrote: schemathesis holds the interface to the description that it gives of itself,
# wrk asks for pages and documents until memory would show a leak. The program is built already; PLUMB names another one.
#
# Everything is on the loopback interface, and bounded in requests and time.
set -euo pipefail
cd "$(dirname "$0")/../.."
PLUMB=$(realpath "${PLUMB:-.build/debug/plumb}")

packages=(curl)
command -v wrk >/dev/null || packages+=(wrk)
python3 -c 'import ensurepip, venv' 2>/dev/null || packages+=(python3-venv)
examples/install.sh "${packages[@]}"

environment=${XDG_CACHE_HOME:-$HOME/.cache}/plumb/service-tests
wanted=schemathesis==4.32.5
if [ "$(cat "$environment/.made-of" 2>/dev/null)" != "$wanted" ]; then
  rm -rf "$environment"
  python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --disable-pip-version-check "$wanted"
  echo "$wanted" >"$environment/.made-of"
fi

work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

# The example company, with two reports.
PYTHONPATH=Tests/Browser PYTHONDONTWRITEBYTECODE=1 PLUMB=$PLUMB \
  python3 -c 'import company, pathlib, sys; company.contoso(pathlib.Path(sys.argv[1]) / "contoso")' "$work"

port=18473
token=$(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n')
PLUMB_SERVE_TOKEN=$token "$PLUMB" serve --repo "$work/contoso" --listen "127.0.0.1:$port" --admin 127.0.0.1:18474 \
  --auth token --access-log "$work/access.log" 2>"$work/log" &
server=$!
for _ in $(seq 300); do
  curl -fs -o /dev/null http://127.0.0.1:18474/readyz && break
  sleep 0.1
done
base=http://127.0.0.1:$port

# Whatever the description allows is answered as it says, and whatever it does not is refused.
(
  cd "$work"
  "$environment/bin/schemathesis" run "$base/api/v1/openapi.json" --header "Authorization: Bearer $token" \
    --max-examples 10 --max-time 40 --generation-deterministic --generation-allow-x00 false --workers 2 --no-color
)

# Kibibytes of memory that the server holds.
memory() { awk '/^VmRSS/ { print $2 }' "/proc/$server/status"; }
load() {
  for path in / /recommendations.html '/recommendations.html?app=Okta&status=toAddress' /api/v1/instances \
    '/api/v1/recommendations?impact=high&limit=50'; do
    wrk -t2 -c32 -d"$1" -H "Authorization: Bearer $token" "$base$path" >"$work/wrk"
    if grep -E 'Non-2xx|Socket errors' "$work/wrk"; then
      echo "error: $path was not answered under load" >&2
      exit 1
    fi
    requests=$((requests + $(awk '/requests in/ { print $1 }' "$work/wrk")))
  done
}
requests=0
load 1s
before=$(memory)
load 4s
after=$(memory)
echo "$requests requests answered; memory $before kB before, $after kB after"
if [ "$requests" -lt 10000 ]; then
  echo "error: fewer than 10000 requests were answered" >&2
  exit 1
fi
# A leak of one answer in a hundred would be more.
if [ "$after" -gt $((before + before / 4 + 16384)) ]; then
  echo "error: memory grows" >&2
  exit 1
fi

# Each access has its line, and none has the token.
lines=$(wc -l <"$work/access.log")
[ "$lines" -ge "$requests" ] || { echo "error: $lines lines for $requests accesses" >&2; exit 1; }
if grep -qF "$token" "$work/access.log" "$work/log"; then
  echo "error: the token stands in a log" >&2
  exit 1
fi

kill -TERM "$server"
wait "$server"
server=
echo "The server ended with 0 when it was told to."
