"""Rows about a fleet: what sharing 10,000 tenants out over 64 shares costs beside one process."""

import json
import os
import shutil

from measure import Result, median, run

AT = "2026-06-08T07:00:00Z"


def shards(tools):
    count, shares = (10_000, 64) if not tools.quick else (625, 4)
    root = tools.folder("shards")
    environment = tools.environment(root)
    repository = _company(tools, root, count, environment)

    def plumb(*arguments):
        return run([tools.plumb, *arguments], repository, environment=environment, statuses=(0, 3))

    try:
        plumb("apply", "--quiet", "--no-refresh", "--at", "2026-06-01T07:00:00Z")
        recorded = _tip(repository)
        for name in os.listdir(os.path.join(repository, "later")):
            shutil.copytree(os.path.join(repository, "later", name), os.path.join(repository, "observed", name), dirs_exist_ok=True)
        singles, fleets, merges = [], [], []
        for _ in range(min(2, tools.rounds)):
            _reset(repository, recorded)
            singles.append(plumb("apply", "--quiet", "--no-refresh", "--no-cache", "--at", AT))
            single = _tip(repository)
            _reset(repository, recorded)
            file, parts = os.path.join(root, "fleet.json"), os.path.join(root, "parts")
            shutil.rmtree(parts, ignore_errors=True)
            steps = [plumb("fleet", "split", "--quiet", "--shards", str(shares), "--at", AT, "--out", file)]
            for index in range(shares):
                steps.append(plumb("fleet", "run", "--quiet", "--no-refresh", "--no-cache", "--fleet", file, "--index",
                                   str(index), "--parts", parts))
            steps.append(plumb("fleet", "merge", "--quiet", "--fleet", file, "--parts", parts))
            if _tip(repository) != single:
                raise RuntimeError("the fleet recorded another commit than one process")
            fleets.append(sum(step.processor for step in steps))
            merges.append(steps[-1])
        ratio = median([fleet / single.processor for fleet, single in zip(fleets, singles)])
        split = f"all {median(fleets):.3g} s of processor time"
        return [
            Result("fleet", f"split, {shares} shares and merge of {count:,} tenants ÷ one apply, processor time", ratio, 1.2,
                   second=singles, note=split),
            Result("fleet", "merge alone, wall", median([merge.wall for merge in merges]), 30, " s", first=merges),
            Result("fleet", "peak memory of the merge ÷ of the one apply",
                   median([merge.peak / single.peak for merge, single in zip(merges, singles)]), 1.2,
                   note=f"{median([merge.peak for merge in merges]) / 1e6:.0f} MB"),
        ]
    finally:
        tools.delete(root)


def _company(tools, root, count, environment):
    """A repository of tenants of Okta, as the example's two were in one week and in the next."""
    example = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))), "examples", "contoso")
    repository = os.path.join(root, "company")
    os.makedirs(os.path.join(repository, "desired-state"))
    seen = os.path.join(example, "observations")
    names = sorted(name for name in os.listdir(seen) if name.startswith("okta-"))
    later = os.path.join(example, "week-later", "observations")
    for name in names:
        shutil.copytree(os.path.join(seen, name), os.path.join(repository, "observed", name))
        if os.path.isdir(os.path.join(later, name)):
            shutil.copytree(os.path.join(later, name), os.path.join(repository, "later", name))
    documents = [f"""apiVersion: plumb/v1
kind: Instance
metadata: {{ name: okta-{index} }}
spec: {{ app: okta, maxAge: 30d, source: {{ recorded: {{ path: observed/{names[index % len(names)]} }} }} }}
""" for index in range(count)]
    with open(os.path.join(repository, "desired-state", "instances.yaml"), "w") as file:
        file.write("---\n".join(documents))
    for command in (["init", "-q", "-b", "main"], ["add", "desired-state"], ["commit", "-q", "-m", "First"]):
        run(["git", *command], repository, environment=environment)
    return repository


def _tip(repository):
    with open(os.path.join(repository, ".git", "refs", "heads", "plumb", "reports")) as file:
        return file.read().strip()


def _reset(repository, commit):
    with open(os.path.join(repository, ".git", "refs", "heads", "plumb", "reports"), "w") as file:
        file.write(commit + "\n")
