"""The row about a long history: ten thousand reports of a thousand instances."""

import json
import os
import random
import subprocess

import collection
from measure import Result, run

BRANCH = "refs/heads/plumb/reports"


def reading(tools):
    instances, reports = (1_000, 10_000) if not tools.quick else (100, 1_000)
    root = tools.folder("history")
    environment = tools.environment(root)
    os.makedirs(os.path.join(root, "observation"))
    names = [f"acme-{index}" for index in range(instances)]
    with open(os.path.join(root, "observation", "users.ndjson"), "w") as file:
        file.write(json.dumps(collection.user(random.Random(1), 0)) + "\n")
    collection.declare(root, *names)
    with open(os.path.join(root, "observation", "users.ndjson"), "rb") as file:
        collection.manifest(os.path.join(root, "observation"), "acme", 1, collection.hashlib.sha256(file.read()).hexdigest())
    with open(os.path.join(root, "desired-state", "initiative.yaml"), "w") as file:
        file.write("""apiVersion: plumb/v1
kind: Initiative
metadata: { name: ours }
spec:
  tracked: on
  metrics:
    - name: identity
      title: Identity
      recommendations: [acme-00, acme-01, acme-02, acme-05]
""")
    subprocess.run(["git", "-C", root, "add", "."], check=True)
    subprocess.run(["git", "-C", root, "commit", "-qm", "state"], check=True, env=environment)
    run([tools.plumb, "apply", "--no-refresh", "--at", collection.AT, "-q"], root, environment=environment)
    _prolong(root, environment, names, reports)
    rows = []
    for what, arguments in (
        ("scores", ["history", "--since", "2020-01-01"]), ("one recommendation", ["history", "acme-00"]),
        ("one instance and recommendation", ["history", "acme-00", "--instance", "acme-7"]),
    ):
        runs = [run([tools.plumb, *arguments], root, environment=environment) for _ in range(min(tools.rounds, 3))]
        rows.append(Result(
            "history", f"history of {reports:,} reports of {instances:,} instances: {what}, wall",
            sorted(measure.wall for measure in runs)[len(runs) // 2], 10, unit=" s", first=runs))
    tools.delete(root)
    return rows


def _prolong(root, environment, names, reports):
    """Puts reports behind the first one, a quarter of an hour apart: in each, three instances stand otherwise."""

    def git(*arguments):
        return subprocess.run(["git", "-C", root, *arguments], check=True, capture_output=True, env=environment).stdout

    folder = git("ls-tree", "--name-only", BRANCH).decode().split()
    folder = next(name for name in folder if git("ls-tree", "--name-only", f"{BRANCH}:{name}").decode().find("state.json") >= 0)
    top = json.loads(git("show", f"{BRANCH}:{folder}/state.json"))
    files = {name: git("show", f"{BRANCH}:{folder}/instances/{name}/state.json").decode() for name in names}
    time = int(git("show", "-s", "--format=%ct", BRANCH))
    importing = subprocess.Popen(["git", "-C", root, "fast-import", "--quiet", "--depth=50"], stdin=subprocess.PIPE)
    draw = random.Random(7)
    rows = {row["name"]: row for row in top["instances"]}

    def file(path, text):
        data = text.encode()
        importing.stdin.write(b"M 100644 inline %s\ndata %d\n" % (path.encode(), len(data)) + data + b"\n")

    for index in range(1, reports):
        time += 900
        importing.stdin.write(
            f"commit {BRANCH}\ncommitter Benchmark <benchmark@contoso.example> {time} +0000\ndata 6\nReport\n".encode())
        if index == 1:
            importing.stdin.write(f"from {BRANCH}^0\n".encode())
        for name in draw.sample(names, 3):
            points = draw.randrange(100)
            rows[name].update(score=points, exactScore=f"{points}/1", verdicts=f"sha256:{index:064x}")
            file(f"{folder}/instances/{name}/state.json", files[name].replace(collection.AT, f"2026-06-0{1 + index % 9}T07:00:00Z"))
        for initiative in top["initiatives"]:
            initiative.update(score=draw.randrange(100), exactScore=f"{draw.randrange(100)}/1")
        file(f"{folder}/state.json", json.dumps(top, indent=2))
    importing.stdin.close()
    if importing.wait():
        raise RuntimeError("git fast-import failed")
