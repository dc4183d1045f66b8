#!/usr/bin/env bash
# Shows what a hostile tenant and a hostile pull request cost: endless pages below one parent, names of 10 MB, conditions
# without end, as many own recommendations as are allowed over thousands of long resources. Prints seconds and the largest resident memory of each command, and fails above 1 GB.
#
# usage: Tests/memory.sh [PLUMB] [PAGES]
set -euo pipefail
cd "$(dirname "$0")/.."
plumb=$(realpath "${1:-.build/debug/plumb}")
exec python3 - "$plumb" "${2:-15}" "$PWD" <<'PYTHON'
import hashlib, http.server, json, os, re, subprocess, sys, tempfile, threading, time, urllib.parse

plumb, pages, source = sys.argv[1], int(sys.argv[2]), sys.argv[3]
folder = tempfile.mkdtemp()
environment = dict(os.environ, HOME=folder, XDG_STATE_HOME=folder + "/state", GIT_CONFIG_GLOBAL="/dev/null",
                   PLUMB_OKTA_LIVE_API_TOKEN="secret-token-0123456789")
for name in ("AUTHOR", "COMMITTER"):
    environment[f"GIT_{name}_NAME"], environment[f"GIT_{name}_EMAIL"] = "Plumb", "plumb@contoso.example"
repository = folder + "/repository"
worst = 0

def write(path, text):
    os.makedirs(os.path.dirname(f"{repository}/{path}"), exist_ok=True)
    with open(f"{repository}/{path}", "w") as file:
        file.write(text)

def git(*arguments):
    subprocess.run(["git", *arguments], cwd=repository, env=environment, check=True, stdout=subprocess.DEVNULL)

def run(*arguments, expected):
    global worst
    log = folder + "/time"
    begin = time.time()
    result = subprocess.run(["/usr/bin/time", "-f", "%M", "-o", log, plumb, *arguments], cwd=repository,
                            env=environment, capture_output=True, text=True)
    memory = int(open(log).read().split()[-1]) >> 10
    worst = max(worst, memory)
    print(f"{memory:6} MiB {time.time() - begin:6.1f} s  exit {result.returncode}  plumb {' '.join(arguments)}", flush=True)
    if result.returncode not in expected:
        sys.exit(f"unexpected exit:\n{result.stdout[-2000:]}\n{result.stderr[-2000:]}")
    return result.stdout + result.stderr

class Tenant(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    rule = json.dumps({"id": "r", "name": "x" * 1_000_000, "status": "ACTIVE"})

    def do_GET(self):
        url = urllib.parse.urlparse(self.path)
        page = int(urllib.parse.parse_qs(url.query).get("page", ["1"])[0])
        link = None
        if re.search(r"/policies/p1/rules$", url.path):
            body = "[" + ",".join([self.rule] * 20) + "]"
            if page < pages: link = f"<http://{self.headers['host']}{url.path}?page={page + 1}>; rel=\"next\""
        elif url.path.endswith("/policies") and "PASSWORD" in self.path:
            body = json.dumps([{"id": f"p{i}", "name": f"p{i}", "status": "ACTIVE"} for i in range(3)])
        else:
            body = "[]"
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        if link: self.send_header("link", link)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_): pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Tenant)
threading.Thread(target=server.serve_forever, daemon=True).start()
host = f"127.0.0.1:{server.server_port}"

os.makedirs(repository)
git("init", "-q", "--initial-branch=main")
write("desired-state/live.yaml", f"""apiVersion: plumb/v1
kind: Instance
metadata: {{ name: okta-live }}
spec: {{ app: okta, source: {{ api: {{ parameters: {{ domain: "{host}" }} }} }} }}
""")
git("add", "."); git("commit", "-qm", "Live")
output = run("observe", "--allow-host", f"http://{host}", expected={0, 1})
server.shutdown()

os.remove(repository + "/desired-state/live.yaml")
def record(resources):
    lines = "".join(json.dumps(resource) + "\n" for resource in resources)
    write("observations/okta-eu/passwordPolicies.ndjson", lines)
    write("observations/okta-eu/observation.json", json.dumps({
        "apiVersion": "plumb/v1", "kind": "Observation", "instance": "okta-eu", "app": "okta",
        "observedAt": "2026-06-01T06:00:00Z",
        "collections": {"passwordPolicies": {"state": "complete", "count": len(resources),
                                             "sha256": hashlib.sha256(lines.encode()).hexdigest()}}}))

def declare(count, settings, compliant, label="resource.name"):
    write("desired-state/own.yaml", "---\n".join(f"""apiVersion: plumb/v1
kind: Recommendation
metadata: {{ name: own-{index} }}
spec:
  app: okta
  title: Own
  impact: low
  category: identity
  remediation: None.
  collection: passwordPolicies
  compliant: {json.dumps(compliant(index))}
  label: {label}
  settings: {{ {settings} }}
""" for index in range(count)))

write("desired-state/recorded.yaml", """apiVersion: plumb/v1
kind: Instance
metadata: { name: okta-eu }
spec: { app: okta, source: { recorded: { path: observations/okta-eu } } }
""")
record([{"id": f"p{i}" + "y" * 1_000_000, "name": "x" * 10_000_000 + str(i), "status": "ACTIVE", "settings": {}}
        for i in range(30)])
deep = "lists.range(1000).all(a, lists.range(1000).all(b, lists.range(1000).all(c, a + b + c >= 0)))"
declare(10, 'name: resource.name, list: "[resource.name, resource.id]"',
        lambda index: deep if index < 2 else "resource.name == ''")
git("add", "."); git("commit", "-qm", "Recorded")
at = ["--at", "2026-06-01T07:00:00Z"]
run("plan", "--no-refresh", *at, "--output", f"json={folder}/plan.json", expected={0, 3})
print(f"{os.path.getsize(folder + '/plan.json') >> 10:6} KiB plan.json")
plan = open(folder + "/plan.json").read()
for words in ("given up: it takes more than", "bytes, sha256"):
    if words not in plan: sys.exit(f"the plan does not say '{words}'")
run("apply", "--no-refresh", *at, expected={0, 3})

# As many own recommendations as there may be, each with much to list of every resource.
record([{"id": f"{i:06}" + "y" * 300, "status": "ACTIVE", "name": f"{i}" + "x" * 8_000} for i in range(3_000)])
declare(500, ", ".join(f"field{i}: resource.name" for i in range(20)), lambda index: "resource.name == ''",
        label="resource.id + resource.name")
git("add", "."); git("commit", "-qm", "All bounds")
outputs = [f"--output={name}={folder}/plan.{name}" for name in
           ("json", "sarif", "junit", "ocsf", "csv", "markdown", "openmetrics")]
run("plan", "--no-refresh", *at, *outputs, expected={0, 2, 3})
run("apply", "--no-refresh", *at, expected={0, 2, 3})
run("plan", "--no-refresh", *at, expected={0, 2, 3})
for name in sorted(os.listdir(folder)):
    if name.startswith("plan."): print(f"{os.path.getsize(folder + '/' + name) >> 10:8} KiB {name}")
print(f"largest: {worst} MiB")
sys.exit(0 if worst < 1024 else "more than 1 GB")
PYTHON
