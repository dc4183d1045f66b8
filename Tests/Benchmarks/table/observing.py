"""Rows about reading tenants over their APIs."""

import json
import re

import collection
from measure import Result, median, run
from server import Vendor


def throughput(tools):
    """As PlumbBenchmarks measures it: server, client and Plumb on the same cores."""
    if not tools.benchmarks:
        return []
    output = tools.path("observe.txt")
    run([tools.benchmarks, tools.plumb, "observe"], tools.top, output=output,
        environment=tools.environment(tools.path("requests")), asks=True)
    rates = {"plumb": [], "async": []}
    for line in open(output):
        found = re.search(r"(\d+) requests/s", line)
        if found:
            rates[line.split()[0].split("-")[0]].append(int(found.group(1)))
    ratios = [mine / theirs for mine, theirs in zip(rates["plumb"], rates["async"])]
    return [Result(
        "requests", "requests a second while observing 200 instances ÷ by the bare client", median(ratios), 0.6, least=True,
        note=f"{median(rates['plumb']):.0f} and {median(rates['async']):.0f} a second")]


def latency(tools):
    instances, collections, pages = 24, 16, 5
    root = tools.folder("latency")
    body = json.dumps([{"id": f"u{index}", "name": "Anna"} for index in range(100)]).encode()

    def answer(path):
        base, _, query = path.partition("?page=")
        page = int(query or 1)
        return body, f"{base}?page={page + 1}" if page < pages else None

    vendor = Vendor(answer, latency=0.1)
    names = [f"acme-{index}" for index in range(instances)]
    collection.declare(root, *names, source=collection.over_api(vendor.host))
    with open(f"{root}/desired-state/state.yaml", "w") as file:
        source = collection.over_api(vendor.host)
        lists = {f"c{index}": f"/c{index}" for index in range(collections)}
        file.write("---\n".join([collection.connector(lists)] + [collection.instance(name, source(name)) for name in names]))
    credentials = collection.credentials(root, names)
    environment = tools.environment(root)
    measures = []
    for _ in range(tools.rounds):
        before = vendor.requests
        measures.append(run(
            [tools.plumb, "observe", "--working-tree", "--allow-host", f"http://{vendor.host}", "--credentials", credentials],
            root, environment=environment, asks=True))
        made = vendor.requests - before
    vendor.close()
    tools.delete(root)
    return [Result(
        "latency", f"observing {made:,} requests of {instances} instances that take 100 ms each, wall",
        median([m.wall for m in measures]), 10, " s", first=measures)]
