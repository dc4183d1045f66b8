"""Rows about one large collection: what judging costs beside parsing and beside DuckDB, on how many cores, in what memory."""

import collection
import json
import os

from measure import Result, median, ratio, run


class Large:
    """A repository with one large collection, made at its first use."""

    def __init__(self, tools, size):
        self.tools = tools
        self.size = size
        self._made = None

    @property
    def root(self):
        if self._made is None:
            self._made = self.tools.folder(f"large-{self.size}")
            self.bytes, self.lines = collection.write(self._made, self.size)
        return self._made

    @property
    def lines_path(self):
        return os.path.join(self.root, "observation", "users.ndjson")

    def plan(self, cores, output=os.devnull):
        return run([self.tools.plumb] + collection.PLAN, self.root, cores, output)

    def delete(self):
        if self._made:
            self.tools.delete(self._made)
            self._made = None


def simdjson(tools, large):
    plans, parses = [], []
    for _ in range(tools.rounds):
        plans.append(large.plan([0]))
        parses.append(run([tools.simdjson, large.lines_path], large.root, [0]))
    return [Result(
        "simdjson", f"plan of {large.bytes / 1e9:.2g} GB, {large.lines:,} users × {len(collection.CONDITIONS)} conditions "
        "÷ simdjson alone, one core, processor time", ratio(plans, parses, "processor"), 2.5, first=plans, second=parses)]


def duckdb(tools, large):
    plans, counts = [], []
    cores = tools.cores
    found, expected = os.path.join(large.root, "plan.json"), os.path.join(large.root, "counts.txt")
    for _ in range(tools.rounds):
        plans.append(large.plan(cores, found))
        counts.append(run(tools.duckdb + [large.lines_path, str(len(cores))], large.root, cores, expected))
    same = _affected(found) == list(map(int, open(expected).read().split()))[1:]
    return [Result(
        "duckdb", f"the same plan ÷ DuckDB's count of the same conditions, {len(cores)} threads, wall",
        ratio(plans, counts, "wall"), 1.0, first=plans, second=counts,
        note="both count the same" if same else "**the counts differ**")]


def _affected(path):
    with open(path) as file:
        results = json.load(file)["instances"][0]["results"]
    return [result["affectedCount"] for result in sorted(results, key=lambda result: result["recommendation"])]


def cores(tools, large):
    one, two = [], []
    outputs = [os.path.join(large.root, f"plan-{count}.json") for count in (1, 2)]
    for _ in range(tools.rounds):
        one.append(large.plan([0], outputs[0]))
        two.append(large.plan([0, 1], outputs[1]))
    same = open(outputs[0], "rb").read() == open(outputs[1], "rb").read()
    return [Result(
        "cores", "the same plan on 2 cores ÷ on 1, wall", ratio(two, one, "wall"), 0.6, first=two, second=one,
        note="the plans are the same to the byte" if same else "**the plans differ**")]


def memory(tools, large):
    small = large.plan(tools.cores)
    size = large.size
    large.delete()
    larger = Large(tools, size * tools.memory_factor)
    big = larger.plan(tools.cores)
    larger.delete()
    what = f"{size * tools.memory_factor / 1e9:.3g} GB"
    return [
        Result("memory", f"peak memory of a plan of {what} ÷ of a {tools.memory_factor}th", big.peak / small.peak, 1.1,
               first=[big], second=[small]),
        Result("memory", f"peak memory of a plan of {what}", big.peak / 1e6, 120, " MB", first=[big]),
    ]


# Conditions of one shape, none of which another one is: what they share are fields.
def _batch():
    states = ["ACTIVE", "PROVISIONED", "SUSPENDED", "DEPROVISIONED", "RECOVERY"]
    prefixes = ["ADMIN", "READ", "REPORT", "HELP", "ADMIN_ORG", "ADMIN_APP"]
    return [
        (f'resource.mfa == true && resource.status in ["{state}","{states[index % 4]}2"] '
         f'&& size(resource.roles.filter(r, r.startsWith("{prefix}"))) == 0', "")
        for index, prefix in enumerate(prefixes) for state in states
    ]


def cel(tools, large):
    """One evaluation of the goal expression: alone, and in a batch, where thirty of its shape are judged in one plan."""
    output = tools.path("cel.txt")
    run([tools.cel], tools.top, [0], output)
    alone = next(float(line.split()[1]) for line in open(output) if line.startswith("goal "))
    results = [Result("cel", "one evaluation of the goal expression", alone, 60, " ns")]
    known = collection.CONDITIONS
    many, none = [], []
    try:
        for _ in range(tools.rounds):
            for conditions, measures in ((_batch(), many), ([("resource.mfa == true", "")], none)):
                collection.CONDITIONS = conditions
                large.root  # made with whatever conditions
                collection.declare(large.root, "large")
                measures.append(large.plan([0]))
    finally:
        collection.CONDITIONS = known
        collection.declare(large.root, "large")
    cost = median([a.processor - b.processor for a, b in zip(many, none)])
    results.append(Result(
        "cel", "one evaluation of its shape in a plan's batch, 30 conditions against one", 
        cost * 1e9 / large.lines / (len(_batch()) - 1), 10, " ns", first=many, second=none))
    return results
