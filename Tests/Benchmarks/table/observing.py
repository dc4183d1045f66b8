"""Rows about reading tenants over their APIs."""

import json
import os
import re
import subprocess

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
    costs = {"plumb": [], "async": []}
    for line in open(output):
        found = re.search(r"(\d+) requests/s.* each (\d+) µs of processor, and (\d+) µs of the server's", line)
        if found:
            who = line.split()[0].split("-")[0]
            rates[who].append(int(found.group(1)))
            costs[who].append((int(found.group(2)), int(found.group(3))))
    ratios = [mine / theirs for mine, theirs in zip(rates["plumb"], rates["async"])]

    def told(who):
        own, server = (median(values) for values in zip(*costs[who]))
        return f"{median(rates[who]):.0f} a second, {own:.0f} µs of processor each beside {server:.0f} of the server"

    return [Result(
        "requests", "requests a second while observing 200 instances ÷ by the bare client", median(ratios), 0.6, least=True,
        note=f"{told('plumb')}; the bare client {told('async')}")]


def latency(tools):
    """A vendor that takes its time, and bears as many requests at once as the built-in connector of GitHub sends."""
    width = "  concurrency: 50\n"
    pages, tenants = 5, [f"acme-{index}" for index in range(24)]
    lists = {f"c{index}": f"/c{index}" for index in range(16)}
    users = json.dumps([{"id": f"u{index}", "name": "Anna"} for index in range(100)]).encode()

    def page(path):
        base, _, query = path.partition("?page=")
        number = int(query or 1)
        return users, f"{base}?page={number + 1}" if number < pages else None

    children = "".join(
        f"    k{index}: {{ forEach: repositories, get: '/repositories/{{parent.id}}/k{index}', identity: id }}\n"
        for index in range(9))
    repositories = json.dumps([{"id": f"r{index}"} for index in range(100)]).encode()
    others = json.dumps([{"id": f"s{index}"} for index in range(100)]).encode()
    one = b'[{"id":"k"}]'

    def repository(path):
        if "/repositories/" in path:
            return one, None
        return (others, None) if "page=2" in path else (repositories, f"{path}?page=2")

    return [
        _latency(tools, "24 instances", tenants, page, collection.connector(lists, width)),
        _latency(tools, "one organisation of 200 repositories", ["acme"], repository,
                 collection.connector({"repositories": "/repositories"}, width) + children),
    ]


def _latency(tools, what, names, answer, connector):
    root = tools.folder("latency")
    vendor = Vendor(answer, latency=0.1)
    source = collection.over_api(vendor.host)
    os.makedirs(f"{root}/desired-state")
    with open(f"{root}/desired-state/state.yaml", "w") as file:
        file.write("---\n".join([connector] + [collection.instance(name, source(name)) for name in names]))
    subprocess.run(["git", "init", "-q", root], check=True)
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
    return Result(
        "latency", f"observing {made:,} requests of {what} that take 100 ms each, 50 at a time, wall",
        median([m.wall for m in measures]), 10, " s", first=measures)
