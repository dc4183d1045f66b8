"""Rows about many tenants: exports of Microsoft 365, and what one changed tenant of a thousand costs."""

import json
import os
import random
import time

import collection
from measure import Result, ratio, run
from server import Vendor


def tenants(tools):
    exports = _exports(tools.exports)
    if not exports:
        return []
    root = tools.folder("tenants")
    os.makedirs(os.path.join(root, "exports"))
    count = 120 if not tools.quick else 24
    documents = []
    for index in range(count):
        with open(os.path.join(root, "exports", f"tenant-{index}.json"), "w") as file:
            file.write(exports[index % len(exports)])
        documents.append(f"""apiVersion: plumb/v1
kind: Instance
metadata: {{ name: tenant-{index} }}
spec:
  app: microsoft-365
  source: {{ export: {{ format: scubagear, path: exports/tenant-{index}.json }} }}
""")
    os.makedirs(os.path.join(root, "desired-state"))
    with open(os.path.join(root, "desired-state", "instances.yaml"), "w") as file:
        file.write("---\n".join(documents))
    run(["git", "init", "-q"], root)
    plans, parses = [], []
    for _ in range(tools.rounds):
        plans.append(run([tools.plumb, "plan", "--working-tree", "--format", "json", "--at", "2026-05-10T07:00:00Z",
                          "--no-cache"], root, [0]))
        parses.append(run([tools.simdjson, os.path.join(root, "exports")], root, [0]))
    tools.delete(root)
    return [Result(
        "tenants", f"plan of {count} tenants of Microsoft 365 from exports ÷ simdjson alone, one core, processor time",
        ratio(plans, parses, "processor"), 3, first=plans, second=parses)]


def _exports(folder):
    """The sample and its variants, as JSON; none where they are absent."""
    if not folder or not os.path.exists(os.path.join(folder, "ProviderSettingsExport.json")):
        return []
    with open(os.path.join(folder, "ProviderSettingsExport.json"), encoding="utf-8-sig") as file:
        sample = json.load(file)
    found = [json.dumps(sample)]
    variants = os.path.join(folder, "variants")
    for name in sorted(os.listdir(variants)) if os.path.isdir(variants) else []:
        if name.endswith(".patch.json"):
            export = json.loads(found[0])
            with open(os.path.join(variants, name)) as file:
                for change in json.load(file):
                    _apply(export, change)
            found.append(json.dumps(export))
    return found


def _apply(document, change):
    """One operation of RFC 6902 that the variants have."""
    steps = [step.replace("~1", "/").replace("~0", "~") for step in change["path"].split("/")[1:]]
    for step in steps[:-1]:
        document = document[int(step)] if isinstance(document, list) else document[step]
    last = steps[-1]
    if isinstance(document, list):
        place = len(document) if last == "-" else int(last)
        if change["op"] == "remove":
            del document[place]
        elif change["op"] == "add":
            document.insert(place, change["value"])
        else:
            document[place] = change["value"]
    elif change["op"] == "remove":
        del document[last]
    else:
        document[last] = change["value"]


class Fleet:
    """Tenants that were observed, each with a page of users; observing one again finds something else."""

    def __init__(self, tools, count, users):
        self.tools = tools
        self.count = count
        self.root = tools.folder("fleet")
        self.changes = {}
        block = [json.dumps(collection.user(random.Random(index), index), separators=(",", ":")) for index in range(users)]
        self.body = "[" + ",".join(block) + "]"
        self.vendor = Vendor(self._answer)
        self.names = [f"acme-{index}" for index in range(count)]
        collection.declare(self.root, *self.names, source=collection.over_api(self.vendor.host))
        self.credentials = collection.credentials(self.root, self.names)
        self.environment = tools.environment(self.root)
        collection.commit(self.root)
        self.observe()

    def _answer(self, path):
        name = path.split("/")[2]
        return self.body.replace("Anna", f"Anna{self.changes.get(name, 0)}").encode(), None

    def run(self, *arguments):
        return run([self.tools.plumb, *arguments], self.root, environment=self.environment, statuses=(0, 2, 3),
                   asks=arguments[0] == "observe")

    def observe(self, *names):
        self.run(
            "observe", "--allow-host", f"http://{self.vendor.host}", "--credentials", self.credentials, *names)
        # A file that was changed just now is not known by its time yet.
        time.sleep(3)

    def change(self, index):
        name = self.names[index % self.count]
        self.changes[name] = self.changes.get(name, 0) + 1
        self.observe(name)

    def delete(self):
        self.vendor.close()
        self.tools.delete(self.root)


def changed(tools):
    fleet = Fleet(tools, 1_000 if not tools.quick else 100, 500)
    try:
        return _plans(tools, fleet) + _applies(tools, fleet)
    finally:
        fleet.delete()


def _plans(tools, fleet):
    full, one = [], []
    fleet.run("plan", "--no-refresh")
    for index in range(tools.rounds):
        full.append(fleet.run("plan", "--no-refresh", "--no-cache", "--format", "json"))
        fleet.change(7 * index)
        one.append(fleet.run("plan", "--no-refresh", "--format", "json"))
    return [Result(
        "changed", f"plan after 1 of {fleet.count:,} tenants changed ÷ full plan, wall", ratio(one, full, "wall"), 0.05,
        first=one, second=full)]


def _applies(tools, fleet):
    full, one = [], []
    for index in range(tools.rounds):
        run(["git", "update-ref", "-d", "refs/heads/plumb/reports"], fleet.root)
        full.append(fleet.run("apply", "--no-refresh", "--no-cache", "-q"))
        # As most runs are: it finds nothing, and keeps what it has read.
        fleet.run("apply", "--no-refresh", "-q")
        fleet.change(7 * index + 3)
        one.append(fleet.run("apply", "--no-refresh", "-q"))
    return [Result(
        "apply", f"apply with 1 of {fleet.count:,} instances changed since the last ÷ apply of all, wall", ratio(one, full, "wall"), 0.1,
        first=one, second=full)]
